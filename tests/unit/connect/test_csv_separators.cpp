// The search for separators with every set of instructions, against a loop over the bytes.
#include "core/connect/csv/separators.h"

#include <QtTest/QtTest>
#include <limits>
#include <random>

using namespace rw;

class TestCsvSeparators : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// From a separator in a hundred bytes to nothing but separators, over several slabs.
    void agreesWithALoop() {
        static constexpr CsvFormat kFormat{';', '"', true};
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
            std::vector<std::uint32_t> offsets{std::numeric_limits<std::uint32_t>::max()};
            std::size_t lines = 0;
            for (std::size_t at = 0; at < text.size(); ++at) {
                if (text[at] != ';' && text[at] != '\n') continue;
                lines += text[at] == '\n' ? 1 : 0;
                offsets.push_back(static_cast<std::uint32_t>(at));
            }
            text.append(kReadAhead, ';');  // behind the end: read, not used
            const std::string_view bytes = std::string_view(text).substr(0, text.size() - kReadAhead);
            const auto isFound = [&] {
                return found.count + 1 == offsets.size() && found.lines == lines &&
                       std::equal(offsets.begin(), offsets.end(), found.offsets.begin());
            };
            for (const Vectors use : {Vectors::Best, Vectors::Avx2, Vectors::Sse2, Vectors::None}) {
                findSeparators(bytes, kFormat, found, use);
                QVERIFY(isFound());
                QCOMPARE(found.unusual, !plain);
                QVERIFY(!found.quoted);
            }
            findQuotedSeparators(bytes, kFormat, {}, found);
            QVERIFY(isFound());

            text[random() % bytes.size()] = '"';
            for (const Vectors use : {Vectors::Best, Vectors::Avx2, Vectors::Sse2, Vectors::None}) {
                findSeparators(bytes, kFormat, found, use);
                QVERIFY(found.quoted);
                findSeparators(bytes, {';', 0, true}, found, use);
                QVERIFY(!found.quoted);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestCsvSeparators)
#include "test_csv_separators.moc"
