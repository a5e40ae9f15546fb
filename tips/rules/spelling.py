"""How a receipt code is read aloud: a word for each character that sounds alike, in the language of the call."""

ENGLISH = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four",
    "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
    "A": "Alfa", "B": "Bravo", "C": "Charlie", "D": "Delta", "E": "Echo", "F": "Foxtrot", "G": "Golf",
    "H": "Hotel", "J": "Juliett", "K": "Kilo", "M": "Mike", "N": "November", "P": "Papa", "Q": "Quebec",
    "R": "Romeo", "S": "Sierra", "T": "Tango", "V": "Victor", "W": "Whiskey", "X": "X-ray", "Y": "Yankee",
    "Z": "Zulu",
}  # fmt: skip
CHINESE = {
    "0": "零", "1": "幺", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "拐", "8": "八", "9": "九",
    "A": "苹果 apple", "B": "男孩 boy", "C": "猫 cat", "D": "狗 dog", "E": "鸡蛋 egg", "F": "鱼 fish",
    "G": "女孩 girl", "H": "帽子 hat", "J": "果汁 juice", "K": "国王 king", "M": "妈妈 mother", "N": "护士 nurse",
    "P": "钢笔 pen", "Q": "女王 queen", "R": "下雨 rain", "S": "太阳 sun", "T": "茶 tea", "V": "小提琴 violin",
    "W": "水 water", "X": "X 光 x-ray", "Y": "黄色 yellow", "Z": "斑马 zebra",
}  # fmt: skip
WORDS = {"zh-hans": CHINESE, "en": ENGLISH}


def spelled(group: str, language: str) -> list[tuple[str, str]]:
    """Each character of a group with the word for it; Chinese where there is no table of that language."""
    words = WORDS.get(language, CHINESE)
    return [(character, words[character]) for character in group]
