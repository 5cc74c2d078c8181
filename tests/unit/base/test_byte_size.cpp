// Sizes in bytes: the units of Flink's MemorySize, texts that are no size, and how people read them.
#include <QtTest/QtTest>

#include "core/base/byte_size.h"

using namespace rw;

class TestByteSize : public QObject {
    Q_OBJECT

    static void isRefused(const std::string& text, const char* mend) {
        const Result<std::uint64_t> read = parseByteSize(text);
        QVERIFY2(!read.ok(), text.c_str());
        const std::string said = english(read.error());
        QVERIFY2(said.find("“" + text + "”") != std::string::npos, said.c_str());
        QVERIFY2(said.find(mend) != std::string::npos, said.c_str());
    }

 private Q_SLOTS:
    void everyUnitIsRead_data() {
        QTest::addColumn<quint64>("bytes");
        const quint64 kilo = 1024;
        for (const char* text : {"2", "2b", "2B", " 2 ", "2 b"}) QTest::newRow(text) << quint64{2};
        for (const char* text : {"2k", "2K", "2kb", "2KB", "2Kb", "2 kb", " 2   kB ", "2KiB", "2 kib"})
            QTest::newRow(text) << 2 * kilo;
        for (const char* text : {"2m", "2MB", "2048KB"}) QTest::newRow(text) << 2 * kilo * kilo;
        for (const char* text : {"2g", "2GB", "2 gb", "2GiB"}) QTest::newRow(text) << 2 * kilo * kilo * kilo;
        for (const char* text : {"2t", "2TB", "2TiB"}) QTest::newRow(text) << 2 * kilo * kilo * kilo * kilo;
        for (const char* text : {"0", "0GB", "000"}) QTest::newRow(text) << quint64{0};
        QTest::newRow("007KB") << 7 * kilo;
        QTest::newRow("9223372036854775807") << quint64{9223372036854775807U};
        QTest::newRow("8388607TB") << (quint64{8388607} << 40U);
    }
    void everyUnitIsRead() {
        QFETCH(quint64, bytes);
        const Result<std::uint64_t> read = parseByteSize(QTest::currentDataTag());
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        QCOMPARE(quint64{*read}, bytes);
    }

    void whatIsNoSizeIsRefused() {
        for (const char* text :
             {"",           " ",     "GB",   "-1", "-2GB", "+2GB", "1.5GB", "1,5GB", "2Gi",  "2iB",
              "2gigabytes", "2 G B", "2GBs", "2P", "lots", "0x10", "1e3",   "2\tGB", "２GB", "2GB 3MB"})
            isRefused(text, "512MB or 2GB");
        for (const char* text : {"9223372036854775808", "18446744073709551616", "8388608TB",
                                 "99999999999999999999999GB", "9007199254740992KB"})
            isRefused(text, "at most 8388607TB");
    }

    void peopleReadThreeFigures() {
        QCOMPARE(byteSizeText(0), std::string("0\u2009B"));
        QCOMPARE(byteSizeText(1000), std::string("1000\u2009B"));
        QCOMPARE(byteSizeText(1024), std::string("1\u2009KiB"));
        QCOMPARE(byteSizeText(1023), std::string("1023\u2009B"));
        QCOMPARE(byteSizeText((std::uint64_t{1} << 20U) - 1), std::string("1\u2009MiB"));
        QCOMPARE(byteSizeText(1536), std::string("1.5\u2009KiB"));
        QCOMPARE(byteSizeText(std::uint64_t{100} << 10U), std::string("100\u2009KiB"));
        QCOMPARE(byteSizeText((std::uint64_t{12} << 20U) + (std::uint64_t{300} << 10U)),
                 std::string("12.3\u2009MiB"));
        QCOMPARE(byteSizeText(std::uint64_t{2} << 30U), std::string("2\u2009GiB"));
        QCOMPARE(byteSizeText((std::uint64_t{2} << 30U) + (std::uint64_t{51} << 20U)),
                 std::string("2.05\u2009GiB"));
        QCOMPARE(byteSizeText(std::uint64_t{5} << 40U), std::string("5\u2009TiB"));
        QCOMPARE(byteSizeText(std::uint64_t{5000} << 40U), std::string("5000\u2009TiB"));
    }
};

QTEST_APPLESS_MAIN(TestByteSize)
#include "test_byte_size.moc"
