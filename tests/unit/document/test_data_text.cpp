// Values as tables of the window show them, and as files get them.
#include "widgets/document/data_text.h"

#include <QtTest/QtTest>

#include "core/runtime/tap.h"
#include "core/views/table_view.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Type kBytes = Type::of(TypeId::Bytes);

QString ofColumn(const std::string& bytes) {
    ColumnBuilder builder(kBytes);
    builder.appendString(bytes);
    return dataText(*builder.finish(), 0);
}

}  // namespace

class TestDataText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void bytesAreHexadecimal() {
        QCOMPARE(ofColumn(std::string("\0\xff", 2)), QStringLiteral("x'00ff'"));
        QCOMPARE(dataText(Value(std::string("\0\xff", 2)), kBytes), QStringLiteral("x'00ff'"));
        QCOMPARE(dataText(Value(), kBytes), QString());
        QVERIFY(ofColumn(std::string(2'048, 'a')).endsWith(QStringLiteral("6161…' (2\u2009KiB)")));
    }

    /// How long a value was that was cut is not known.
    void bytesThatWereCut() {
        QVERIFY(
            ofColumn(std::string(Tap::kLongestText + 1, 'a')).endsWith(QStringLiteral("(> 64\u2009KiB)")));
        const Value cut(std::string(TableView::kLongestCell + 1, 'a'));
        QVERIFY(dataText(cut, kBytes).endsWith(QStringLiteral("(> 1\u2009KiB)")));
        QVERIFY(exactDataText(cut, kBytes).endsWith(QStringLiteral("…")));
    }

    void filesGetBase64() {
        QCOMPARE(exactDataText(Value(std::string("\0\xff", 2)), kBytes), QStringLiteral("AP8="));
        QCOMPARE(exactDataText(Value(), kBytes), QString());
        QCOMPARE(exactDataText(Value(0.1), Type::of(TypeId::Double)), QStringLiteral("0.1"));
    }
};

QTEST_APPLESS_MAIN(TestDataText)
#include "test_data_text.moc"
