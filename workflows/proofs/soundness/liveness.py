"""Which variables can still be read from a place on; all others are forgotten, so that states stay few."""

from workflows.proofs.drawing import Node

from .net import Net


class Liveness:
    """`at[node]`: variables that a token needs when it comes to the node. Calls are not told apart."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.openers: dict[str, list[Node]] = {}
        for node in net.nodes.values():
            if net.inner(node):
                self.openers.setdefault(net.inner(node), []).append(node)
        self.at: dict[str, frozenset[str]] = dict.fromkeys(net.nodes, frozenset())
        changed = True
        while changed:
            changed = False
            for node in net.nodes.values():
                needed = self._needed(node)
                if needed != self.at[node.id]:
                    self.at[node.id], changed = needed, True

    def after(self, node: Node) -> frozenset[str]:
        """Variables that are needed once the node is passed."""
        needed = frozenset().union(*(self.at[flow.target] for flow in self.net.out[node.id]))
        if node.kind == "endEvent":
            needed = needed.union(*(self._left(opener) for opener in self.openers.get(node.scope, [])))
        return needed

    def _left(self, opener: Node) -> frozenset[str]:
        """Needed when an activity is left; with several instances, also by the next one."""
        return self.after(opener) | (self.at[opener.id] if opener.several else frozenset())

    def _needed(self, node: Node) -> frozenset[str]:
        inner = self.net.inner(node)
        inside = self.at[self.net.starts[inner]] if inner else frozenset()
        # With several instances perhaps none runs, and nothing is written.
        surely = frozenset() if node.several else frozenset(self.net.writes(node))
        borders = [self.at[border.id] for border in self.net.borders[node.id]]
        passed = self.after(node) - surely
        return frozenset().union(self.net.reads(node), inside, passed, *borders)
