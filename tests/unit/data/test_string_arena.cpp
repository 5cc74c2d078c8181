// Bytes of strings: they stay where they are, blocks grow, and copies do not write into each other's.
#include <QtTest/QtTest>

#include "core/data/string_arena.h"

using namespace rw;

namespace {

std::string text(char letter, std::size_t size = 40) {
    std::string out(size, letter);
    return out;
}

}  // namespace

class TestStringArena : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void shortTextsNeedNoBytes() {
        StringArena arena;
        QCOMPARE(arena.add({}).view(), std::string_view());
        QCOMPARE(arena.add("twelve bytes").view(), std::string_view("twelve bytes"));
        QVERIFY(arena.blocks().empty());
        QCOMPARE(arena.bytes(), std::size_t{0});
    }

    void blocksDoubleUpToTheLargest() {
        StringArena arena(64, 128);
        std::vector<StringRef> made;
        std::vector<std::size_t> bytes;
        for (char letter = 'a'; letter <= 'h'; ++letter) {
            made.push_back(arena.add(text(letter)));
            bytes.push_back(arena.bytes());
        }
        QCOMPARE(bytes, (std::vector<std::size_t>{64, 192, 192, 192, 320, 320, 320, 448}));
        for (std::size_t i = 0; i < made.size(); ++i)
            QCOMPARE(made[i].view(), std::string_view(text(static_cast<char>('a' + i))));
    }

    void aLongTextGetsABlockOfItsSize() {
        StringArena arena(64, 128);
        const StringRef made = arena.add(text('x', 1'000));
        QCOMPARE(arena.bytes(), std::size_t{1'000});
        QCOMPARE(arena.blocks().size(), std::size_t{1});
        QCOMPARE(made.view(), std::string_view(text('x', 1'000)));
    }

    void textsLiveAsLongAsTheBlocks() {
        StringRef first, second;
        std::vector<BytesRef> blocks;
        {
            StringArena arena;
            first = arena.add(text('1'));
            blocks = arena.takeBlocks();
            QVERIFY(arena.blocks().empty());
            QCOMPARE(arena.bytes(), std::size_t{0});
            second = arena.add(text('2'));
            for (const BytesRef& block : arena.blocks()) blocks.push_back(block);
        }
        QCOMPARE(blocks.size(), std::size_t{2});
        QVERIFY(!(blocks[0] == blocks[1]));
        QCOMPARE(first.view(), std::string_view(text('1')));
        QCOMPARE(second.view(), std::string_view(text('2')));
    }

    void aCopyWritesElsewhere() {
        StringArena one;
        const StringRef before = one.add(text('b'));
        StringArena other = one;
        const StringRef mine = one.add(text('m')), its = other.add(text('i'));
        QCOMPARE(before.view(), std::string_view(text('b')));
        QCOMPARE(mine.view(), std::string_view(text('m')));
        QCOMPARE(its.view(), std::string_view(text('i')));
        QVERIFY(one.blocks().front() == other.blocks().front());
    }

    void whatMovesGoesOnInItsBlock() {
        StringArena one;
        const StringRef before = one.add(text('b'));
        StringArena other = std::move(one);
        const StringRef after = other.add(text('a'));
        QCOMPARE(other.blocks().size(), std::size_t{1});
        QCOMPARE(before.view(), std::string_view(text('b')));
        QCOMPARE(after.view(), std::string_view(text('a')));
    }
};

QTEST_APPLESS_MAIN(TestStringArena)
#include "test_string_arena.moc"
