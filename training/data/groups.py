"""The 200 classes of photographs as 20 everyday groups, by their number in the sorted list of Tiny ImageNet."""

GROUPS = {
    'fish or other sea animal': [0, 6, 13, 14, 17, 18, 19, 23, 46],
    'reptile or amphibian': [1, 2, 3, 4, 5],
    'insect, spider or snail': [7, 8, 9, 10, 15, 16, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 152],
    'bird': [11, 20, 21, 22],
    'dog': [24, 25, 26, 27, 28, 29],
    'cat': [30, 31, 32, 33, 34],
    'other mammal': [12, 35, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58],
    'piece of clothing': [60, 62, 74, 77, 85, 90, 105, 106, 112, 119, 120, 123, 134, 144, 148, 149, 150, 156, 158, 169],
    'road vehicle': [70, 94, 107, 111, 116, 121, 133, 145, 153, 164, 166],
    'train, boat or aircraft': [81, 103, 108, 115, 137],
    'building or monument': [66, 71, 91, 118, 124, 162, 165, 173, 76],
    'bridge, dam or fence': [64, 96, 129, 154, 157, 170],
    'shop or room': [61, 65, 82, 93],
    'piece of furniture': [69, 89, 97, 98, 113, 140, 142, 151],
    'container': [63, 67, 72, 73, 80, 130, 135, 136, 160, 172],
    'machine or device': [59, 75, 86, 87, 92, 95, 109, 110, 114, 117, 127, 128, 139, 141, 146, 147, 155, 167],
    'tool or small object': [78, 79, 83, 84, 88, 101, 102, 104, 122, 131, 132, 159, 163, 168, 174, 175, 176, 177],
    'instrument, ball or toy': [68, 99, 100, 125, 126, 138, 143, 161, 171],
    'food or fruit': [178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191, 192, 193, 199],
    'landscape': [194, 195, 196, 197, 198],
}
GROUP_OF = {c: g for g, cs in GROUPS.items() for c in cs}
assert sorted(GROUP_OF) == list(range(200))
