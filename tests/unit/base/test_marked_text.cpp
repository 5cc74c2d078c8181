// Texts with arguments, and with other Texts among them.
#include <QtTest/QtTest>

#include "core/base/status.h"

using namespace rw;

class TestMarkedText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void argumentsFillTheirPlaces() {
        const Text text = RW_TEXT("test", "%2 before %1, and %3 is not there.").with("a", 7);
        QCOMPARE(english(text), std::string("7 before a, and  is not there."));
    }

    /// A user's text is no template.
    void argumentsStayAsTheyAre() {
        QCOMPARE(english(RW_TEXT("test", "%1 %2").with("100 %2", "%1")), std::string("100 %2 %1"));
    }

    void aTextIsSaidInsideAnother() {
        const Text reason = RW_TEXT("test", "“%1” is no number.").with("x");
        const Text text = RW_TEXT("test", "Row %1: %2").with(3, reason);
        QCOMPARE(english(text), std::string("Row 3: “x” is no number."));
        QVERIFY(text.args[1].text() && *text.args[1].text() == reason);
    }

    /// The inner text goes through the same translation as the outer one.
    void theTranslationSaysInnerTexts() {
        const Text text = RW_TEXT("test", "%1 of %2").with(RW_TEXT("test", "Sum"), "price");
        const std::string said =
            fillIn("%2: %1", text.args, [](const Text& inner) { return "<" + english(inner) + ">"; });
        QCOMPARE(said, std::string("price: <Sum>"));
    }

    void equalityLooksInside() {
        const auto row = [](Text reason) { return RW_TEXT("test", "Row: %1").with(reason); };
        QVERIFY(row(RW_TEXT("test", "a")) == row(RW_TEXT("test", "a")));
        QVERIFY(!(row(RW_TEXT("test", "a")) == row(RW_TEXT("test", "b"))));
        QVERIFY(!(row(RW_TEXT("test", "a")) == RW_TEXT("test", "Row: %1").with("a")));
    }
};

QTEST_APPLESS_MAIN(TestMarkedText)
#include "test_marked_text.moc"
