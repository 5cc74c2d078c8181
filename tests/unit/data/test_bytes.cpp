// BYTES: their text forms, columns of them, and bytes that become text.
#include <QtTest/QtTest>
#include <cstring>
#include <random>

#include "core/data/base64.h"
#include "core/data/cell_writer.h"
#include "core/data/hash.h"
#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/data/value.h"
#include "core/data/visit_type.h"
#include "tests/support/plain_text.h"

using namespace rw;
using namespace rw::test;

namespace {

using namespace std::string_literals;

const Type kBytes = Type::of(TypeId::Bytes);

std::string encoded(std::string_view bytes) {
    std::string out;
    appendBase64(out, bytes);
    return out;
}

std::string shown(std::string_view bytes, std::size_t most = std::string_view::npos) {
    std::string out;
    appendShownBytes(out, bytes, most);
    return out;
}

std::string asText(std::string_view bytes) {
    std::string out;
    appendUtf8(out, bytes);
    return out;
}

std::string allBytes() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    return bytes;
}

}  // namespace

class TestBytes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// The examples of RFC 4648.
    void base64() {
        const std::pair<const char*, const char*> cases[] = {
            {"", ""},
            {"f", "Zg=="},
            {"fo", "Zm8="},
            {"foo", "Zm9v"},
            {"foob", "Zm9vYg=="},
            {"fooba", "Zm9vYmE="},
            {"foobar", "Zm9vYmFy"},
        };
        for (const auto& [bytes, text] : cases) {
            QCOMPARE(encoded(bytes), std::string(text));
            QCOMPARE(base64Size(std::strlen(bytes)), std::strlen(text));
            QCOMPARE(*parseBytes(text), std::string(bytes));
        }
        QCOMPARE(encoded("\xfb\xff\xbf"), std::string("+/+/"));
    }

    void everyLengthIsReadBack() {
        std::mt19937 random(1);
        for (std::size_t size = 0; size < 200; ++size) {
            std::string bytes(size, '\0');
            for (char& byte : bytes) byte = static_cast<char>(random());
            std::string text = encoded(bytes);
            QCOMPARE(text, plainBase64(bytes));
            QCOMPARE(*parseBytes(text), bytes);
            while (text.ends_with('=')) text.pop_back();
            QCOMPARE(*parseBytes(text), bytes);  // as in Java
        }
        QCOMPARE(*parseBytes(encoded(allBytes())), allBytes());
    }

    void whatIsNoBase64() {
        for (const char* text : {"Z", "Zg=", "Zg===", "=", "==", "Zm9v=", "Zm9v==", "Zm9vYg=Y",
                                 "Z-_=", "Zm 9v", "Zm9v\nZm9v", "Zm9vé", "Zm=v"}) {
            QVERIFY2(!parseBytes(text), text);
            std::string out = "before";
            QVERIFY(!appendFromBase64(out, text));
            QCOMPARE(out, std::string("before"));
        }
        QVERIFY(!parseBytes("Zm9v\0"s + "Zm8="));
        QCOMPARE(*parseBytes(" Zm9v\n"), std::string("foo"));  // blanks around a value, as of other types
        std::string out;
        QVERIFY(!appendFromBase64(out, " Zm9v"));
    }

    void forPeople() {
        QCOMPARE(shown(""), std::string("x''"));
        QCOMPARE(shown("\0\xff"s), std::string("x'00ff'"));
        QCOMPARE(shown("sixteen letters!"), std::string("x'7369787465656e206c65747465727321'"));
        const std::string longer = shown(std::string(17, '\0'));
        QCOMPARE(longer, "x'" + std::string(32, '0') + "…' (17\u2009B)");
        QVERIFY(shown(std::string(2048, '\0')).ends_with("…' (2\u2009KiB)"));
        QVERIFY(shown(std::string(2049, '\0'), 2048).ends_with("…' (> 2\u2009KiB)"));
        QVERIFY(shown(std::string(2048, '\0'), 2048).find(">") == std::string::npos);
    }

    void hexadecimalDigits() {
        std::string out;
        appendHex(out, "\0\x9f\xff"s);
        QCOMPARE(out, std::string("009fff"));
        QCOMPARE(*parseHex("009fFF"), "\0\x9f\xff"s);
        QCOMPARE(*parseHex(""), std::string());
        for (const char* text : {"0", "0g", "0x", " 00", "00\n"}) QVERIFY2(!parseHex(text), text);
    }

    void theirTextForm() {
        QCOMPARE(toText(Value(std::string("foo")), kBytes), std::string("Zm9v"));
        QVERIFY(*parseValue("Zm9v", kBytes) == Value(std::string("foo")));
        QVERIFY(*parseValue("", kBytes) == Value(std::string()));
        QVERIFY(!parseValue("no base64!", kBytes));
    }

    void columns() {
        ColumnBuilder builder(kBytes);
        for (const std::string& bytes : {""s, "\0"s, "\0\0"s, allBytes(), std::string(100'000, '\xff')})
            builder.appendString(bytes);
        builder.appendNull();
        const ColumnRef column = builder.finish();
        QVERIFY(column->type() == kBytes);
        QVERIFY(isReference(column->type().id) && widthOf(column->type().id) == sizeof(StringRef));
        QVERIFY(valueAt(*column, 3) == Value(allBytes()));
        QVERIFY(isNull(valueAt(*column, 5)));
        QVERIFY(!(column->at<StringRef>(1) == column->at<StringRef>(2)));
        QVERIFY(hashValue(column->at<StringRef>(1)) != hashValue(column->at<StringRef>(2)));
        QVERIFY(column->string(3) < column->string(4));  // bytes are unsigned
        const ColumnRef texts = base64Texts(column);
        QVERIFY(texts->type().is(TypeId::String) && texts->isNull(5));
        for (std::size_t row = 0; row < 5; ++row) {
            QCOMPARE(std::string(texts->string(row)), plainCell(*column, row));
            std::string cell;
            appendCell(cell, *column, row);
            QCOMPARE(cell, plainCell(*column, row));
        }
        QCOMPARE(base64Texts(texts).get(), texts.get());
    }

    void rowsForPeople() {
        ColumnBuilder builder(kBytes);
        builder.appendString("\0\1"s);
        Batch batch;
        batch.schema = std::make_shared<const Schema>(Schema{{{"b", kBytes}}});
        batch.columns = {builder.finish()};
        batch.rows = 1;
        QCOMPARE(rowText(batch, 0), std::string("b=x'0001'"));
    }

    /// What java.lang.String makes of them, which was asked.
    void bytesThatAreNoText_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& bytes, const char* text) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(text);
        };
        row("empty", "", "");
        row("text", "aé漢😀", "aé漢😀");
        row("lone bytes", "a\x80\xbf\xff", "a���");
        row("too short by one", "\xc3", "�");
        row("broken off", "\xe6\xbc", "�");
        row("broken off before a letter",
            "\xe6\xbc"
            "a",
            "�a");
        row("four, broken off", "\xf0\x9f\x98", "�");
        row("four, broken off before a letter",
            "\xf0\x9f\x98"
            "a",
            "�a");
        row("overlong", "\xc0\x80", "��");
        row("overlong, three", "\xe0\x80\x80", "���");
        row("overlong, four", "\xf0\x80\x80\x80", "����");
        row("beyond", "\xf4\x90\x80\x80", "����");
        row("never a first byte", "\xf5\x80\xfe", "���");
        row("a surrogate", "\xed\xa0\x80", "�");
        row("NUL", "a\0b"s, "");
    }

    void bytesThatAreNoText() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        const std::string made = asText(bytes.toStdString());
        QCOMPARE(validUtf8Prefix(made), made.size());
        if (bytes.contains('\0')) {
            QCOMPARE(made, bytes.toStdString());
        } else {
            QCOMPARE(QByteArray::fromStdString(made), text);
        }
    }

    void anyBytesBecomeText() {
        std::mt19937 random(2);
        for (int round = 0; round < 5'000; ++round) {
            std::string bytes(random() % 12, '\0');
            for (char& byte : bytes)
                byte = static_cast<char>(random() % 3 == 0 ? random() % 128 : 0x80 + random() % 128);
            const std::string text = asText(bytes);
            QCOMPARE(validUtf8Prefix(text), text.size());
            QVERIFY(text.size() <= 3 * bytes.size());
            QCOMPARE(asText(text), text);
        }
    }
};

QTEST_APPLESS_MAIN(TestBytes)
#include "test_bytes.moc"
