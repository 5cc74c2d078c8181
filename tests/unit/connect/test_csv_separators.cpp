// The search for separators with every set of instructions, against a loop over the bytes.
#include "core/connect/csv/separators.h"

#include <QtTest/QtTest>
#include <random>

using namespace rw;

class TestCsvSeparators : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// From a separator in a hundred bytes to nothing but separators, over several slabs.
    void agreesWithALoop() {
        std::mt19937 random(7);
        CsvSeparators found;  // used again, as in a run
        for (int round = 0; round < 300; ++round) {
            const unsigned density = 1 + static_cast<unsigned>(random() % 100);
            std::string text(random() % 20'000, 'x');
            bool plain = true;
            for (char& c : text) {
                if (random() % 100 < density) c = random() % 4 == 0 ? '\n' : ';';
                if (round % 3 == 0 && random() % 5'000 == 0) {
                    c = random() % 2 == 0 ? '\0' : '\xC3';
                    plain = false;
                }
            }
            text += '\n';
            std::vector<std::uint32_t> offsets, lasts;
            for (std::size_t at = 0; at < text.size(); ++at) {
                if (text[at] != ';' && text[at] != '\n') continue;
                if (text[at] == '\n') lasts.push_back(static_cast<std::uint32_t>(offsets.size()));
                offsets.push_back(static_cast<std::uint32_t>(at));
            }
            text.append(kReadAhead, ';');  // behind the end: read, not used
            const std::string_view bytes = std::string_view(text).substr(0, text.size() - kReadAhead);
            for (const Vectors use : {Vectors::Best, Vectors::Sse2, Vectors::None}) {
                findSeparators(bytes, ';', found, use);
                QVERIFY(std::equal(offsets.begin(), offsets.end(), found.offsets.begin(),
                                   found.offsets.begin() + static_cast<std::ptrdiff_t>(found.count)));
                QVERIFY(std::equal(lasts.begin(), lasts.end(), found.lasts.begin(),
                                   found.lasts.begin() + static_cast<std::ptrdiff_t>(found.lines)));
                QCOMPARE(found.unusual, !plain);
            }
            findQuotedSeparators(bytes, {';', '"', true}, {}, found);
            QVERIFY(std::equal(offsets.begin(), offsets.end(), found.offsets.begin(),
                               found.offsets.begin() + static_cast<std::ptrdiff_t>(found.count)));
            QCOMPARE(found.lines, lasts.size());
        }
    }
};

QTEST_APPLESS_MAIN(TestCsvSeparators)
#include "test_csv_separators.moc"
