// What stands in an empty view: its words and its button, in whatever room there is.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

class TestEmptyState : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void itsActionIsAButton();
    void noWordsAreCut();
    void aLowCardHasRoomForIt();
};

void TestEmptyState::itsActionIsAButton() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("Negative sizes")));  // where it has no words
    EmptyState state;
    QSignalSpy triggered(&state, &EmptyState::actionTriggered);
    state.set(QStringLiteral("pointer"), QStringLiteral("Nothing selected"),
              QStringLiteral("Select a node."));
    state.show();
    auto* action = state.findChild<QPushButton*>();
    QVERIFY(!action->isVisible());
    state.set(QStringLiteral("pointer"), QStringLiteral("Nothing"), {}, QStringLiteral("Show all"));
    QVERIFY(action->isVisible());
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(triggered.size(), 1);
    QCOMPARE(state.accessibleName(), QStringLiteral("Nothing"));
}

void TestEmptyState::noWordsAreCut() {
    for (const int zoom : {100, 150, 200}) {
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = zoom});
        QWidget window;  // the system has a say in the size of windows, not of their widgets
        EmptyState state(&window);
        window.resize(1200, 900);
        window.show();
        state.set(
            QStringLiteral("log"), QStringLiteral("Nothing logged yet"),
            QStringLiteral("Starts, ends, warnings and errors of runs are written here with their time."),
            QStringLiteral("Run"));
        state.resize(1, 1);  // as in a dock that was never open
        for (const QSize size : {QSize(552, 132), QSize(1000, 170), QSize(300, 400), QSize(552, 400)}) {
            state.resize(size.expandedTo(state.minimumSizeHint()));
            QCoreApplication::sendPostedEvents();
            int seen = 0;
            for (const QLabel* label : state.findChildren<QLabel*>()) {
                if (!label->isVisible() || label->text().isEmpty()) continue;
                ++seen;
                QVERIFY(state.rect().contains(label->geometry()));
                QVERIFY(label->height() >= label->heightForWidth(label->width()));
                const QFontMetrics font = label->fontMetrics();
                const QRect words =
                    font.boundingRect(QRect(0, 0, label->width(), 1000), Qt::TextWordWrap, label->text());
                QVERIFY(label->height() <= words.height() + font.lineSpacing());
            }
            QCOMPARE(seen, 2);  // title and words
        }
    }
    Theme::of().apply({.mode = ThemeMode::Dark});
}

/// As that of a number card, which is low.
void TestEmptyState::aLowCardHasRoomForIt() {
    EmptyState state;
    state.set(QStringLiteral("hash"), QStringLiteral("Run to see data"), {}, QStringLiteral("Run"));
    state.show();
    for (const QSize size : {QSize(180, 44), QSize(900, 44), QSize(300, 200)}) {
        state.setFixedSize(size);
        QCoreApplication::sendPostedEvents();
        for (const auto* part : state.findChildren<QWidget*>()) {
            if (!part->isVisible()) continue;
            QVERIFY(state.rect().contains(part->geometry()));
            QVERIFY(part->width() >= part->sizeHint().width() && part->height() >= part->sizeHint().height());
        }
    }
}

QTEST_MAIN(TestEmptyState)
#include "test_empty_state.moc"
