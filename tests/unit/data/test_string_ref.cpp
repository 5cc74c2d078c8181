// A string value has a length of 32 bits: a longer text is refused, never cut.
#include "core/data/string_ref.h"

#include <QtTest/QtTest>
#include <stdexcept>

using namespace rw;

class TestStringRef : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theLongestIsKeptWhole() {
        // Only the first bytes are read, so that none of the others need be there.
        const char begin[] = "a text of many bytes";
        QCOMPARE(std::size_t{StringRef(begin, StringRef::kLongest).size()}, StringRef::kLongest);
        QCOMPARE(std::size_t{StringRef::fromPadded(begin, StringRef::kLongest).size()}, StringRef::kLongest);
    }

    void whatIsLongerIsRefused_data() {
        QTest::addColumn<quint64>("size");
        QTest::newRow("no bits in the lower half") << (quint64{1} << 32);
        QTest::newRow("looks short") << (quint64{1} << 32) + 5;
        QTest::newRow("looks long") << (quint64{3} << 32) + 1'000;
    }
    void whatIsLongerIsRefused() {
        QFETCH(quint64, size);
        const char begin[] = "a text of many bytes";
        QVERIFY_THROWS_EXCEPTION(std::length_error, StringRef(begin, size));
        QVERIFY_THROWS_EXCEPTION(std::length_error, StringRef(std::string_view(begin, size)));
        QVERIFY_THROWS_EXCEPTION(std::length_error, StringRef::fromPadded(begin, size));
    }
};

QTEST_APPLESS_MAIN(TestStringRef)
#include "test_string_ref.moc"
