// storedZip(): an archive that other programs open.
#include "core/superset/stored_zip.h"

#include <QtTest/QtTest>

#include "tests/support/worlds/superset_world.h"

using namespace rw;
using namespace rw::test;

class TestStoredZip : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void filesComeBack() {
        const ZipFiles files{
            {"r/a.yaml", "one"}, {"r/b/c.yaml", std::string("\0\n\xff", 3)}, {"r/empty", ""}};
        const std::string zip = storedZip(files);
        QCOMPARE(filesOfZip(zip), files);
        QCOMPARE(storedZip(files), zip);
    }

    /// Byte by byte, as the ZIP of one file that holds “hello” is.
    void theHeadsAreThose() {
        const std::string zip = storedZip({{"a", "hello"}});
        const QByteArray bytes = QByteArray::fromStdString(zip);
        const QByteArray facts = QByteArray::fromHex("1400000800000000210086a610360500000005000000 01000000");
        QCOMPARE(bytes.left(4 + facts.size()), QByteArray("PK\x03\x04") + facts);
        const qsizetype central = bytes.indexOf("PK\x01\x02");
        QCOMPARE(central, 4 + facts.size() + 6);
        QCOMPARE(bytes.mid(central + 6, facts.size()), facts);
        const qsizetype end = bytes.indexOf("PK\x05\x06");
        QCOMPARE(end, central + 46 + 1);
        QCOMPARE(bytes.mid(end + 8, 4).toHex(), QByteArray("01000100"));
        QCOMPARE(bytes.mid(end + 12, 4).toHex(), QByteArray("2f000000"));
        QCOMPARE(bytes.mid(end + 16, 4).toHex(), QByteArray("24000000"));
        QCOMPARE(bytes.size(), end + 22);
    }

    void noFilesIsAnArchive() { QCOMPARE(storedZip({}).size(), std::size_t{22}); }
};

QTEST_APPLESS_MAIN(TestStoredZip)
#include "test_stored_zip.moc"
