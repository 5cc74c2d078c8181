// Lines out of bytes that come in pieces of any size.
#include <QtTest/QtTest>
#include <string>
#include <vector>

#include "core/connect/sockets/line_cutter.h"

using namespace rw;

namespace {

std::vector<std::string> cut(const std::string& bytes, std::size_t piece, std::size_t longest,
                             std::size_t& passed) {
    std::vector<std::string> lines;
    LineCutter cutter(longest);
    const auto take = [&](std::string_view line) { lines.emplace_back(line); };
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        cutter.add(std::string_view(bytes).substr(at, piece), take);
    cutter.end(take);
    passed = cutter.passed();
    return lines;
}

}  // namespace

class TestLineCutter : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void linesAreTheSameInPiecesOfAnySize() {
        const std::string bytes = "one\r\ntwo\n\n\r\nthree \nlast";
        const std::vector<std::string> lines{"one", "two", "three ", "last"};
        for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
            std::size_t passed = 0;
            QVERIFY(cut(bytes, piece, 100, passed) == lines);
            QCOMPARE(passed, std::size_t{0});
        }
    }

    void aLineWithoutEndIsPassedOver() {
        const std::string bytes = "a\n" + std::string(50, 'x') + "\nb\n" + std::string(50, 'y');
        for (const std::size_t piece : {1UL, 7UL, 64UL, 1000UL}) {
            std::size_t passed = 0;
            QVERIFY(cut(bytes, piece, 20, passed) == (std::vector<std::string>{"a", "b"}));
            QCOMPARE(passed, std::size_t{2});
        }
    }

    void whatIsOpenStaysShort() {
        LineCutter cutter(1'000);
        const auto take = [](std::string_view) {};
        for (int i = 0; i < 100; ++i) cutter.add(std::string(100, 'x'), take);
        QVERIFY(cutter.open() <= 1'000);
    }
};

QTEST_APPLESS_MAIN(TestLineCutter)
#include "test_line_cutter.moc"
