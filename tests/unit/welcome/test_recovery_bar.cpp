// The offer to recover: one document after the other, gone when all were dealt with.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/theme.h"
#include "widgets/welcome/recovery_bar.h"

using namespace rw::ui;

namespace {

Recoverable left(const char* name) {
    return {QStringLiteral("/cache/") + QLatin1String(name),
            {},
            QLatin1String(name),
            QDateTime(QDate(2026, 11, 20), QTime(14, 26, 5))};
}

bool says(const QWidget& bar, const QString& words) {
    const QList<QLabel*> labels = bar.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->isVisibleTo(&bar) && label->text().contains(words);
    });
}

}  // namespace

class TestRecoveryBar : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void hiddenWithoutAnOffer();
    void offersOneAfterTheOther();
    void namesAreTakenLiterally();
    void wordsKeepTheirWidthInANarrowWindow();
};

void TestRecoveryBar::hiddenWithoutAnOffer() {
    RecoveryBar bar;
    bar.offer({});
    QVERIFY(bar.isHidden());
    bar.next();
    QVERIFY(bar.isHidden());
}

void TestRecoveryBar::offersOneAfterTheOther() {
    RecoveryBar bar;
    QSignalSpy recover(&bar, &RecoveryBar::recoverRequested), discard(&bar, &RecoveryBar::discardRequested);
    bar.offer({left("new.rill"), left("old.rill")});
    QVERIFY(!bar.isHidden());
    QVERIFY(says(bar, QStringLiteral("new.rill")));
    QVERIFY(says(bar, QStringLiteral("14:26:05")));
    QVERIFY(says(bar, QStringLiteral("and 1 more")));
    const auto press = [&bar](const QString& words) {
        for (QPushButton* button : bar.findChildren<QPushButton*>()) {
            if (button->text() == words) button->click();
        }
    };
    press(QStringLiteral("Recover it"));
    QCOMPARE(recover.size(), 1);
    QCOMPARE(recover[0][0].value<Recoverable>().name, QStringLiteral("new.rill"));
    QVERIFY(says(bar, QStringLiteral("new.rill")));  // until it has been done
    bar.next();
    QVERIFY(says(bar, QStringLiteral("old.rill")));
    QVERIFY(!says(bar, QStringLiteral("more")));
    press(QStringLiteral("Discard it"));
    QCOMPARE(discard.size(), 1);
    QCOMPARE(discard[0][0].value<Recoverable>().name, QStringLiteral("old.rill"));
    bar.next();
    QVERIFY(bar.isHidden());
}

void TestRecoveryBar::namesAreTakenLiterally() {
    RecoveryBar bar;
    bar.offer({left("<b>50 %1</b>")});
    QVERIFY(says(bar, QStringLiteral("<b>50 %1</b>")));
    QVERIFY(says(bar, QStringLiteral("14:26:05")));
}

void TestRecoveryBar::wordsKeepTheirWidthInANarrowWindow() {
    QWidget window;  // the system has a say in the size of windows, not of their widgets
    RecoveryBar bar(&window);
    window.resize(1000, 200);
    window.show();
    bar.offer({left("a pipeline.rill"), left("another.rill")});
    for (const int width : {420, 1000}) {
        bar.resize(width, 200);
        int found = 0;
        for (const QLabel* label : bar.findChildren<QLabel*>()) {
            if (!label->text().contains(QLatin1String("a pipeline.rill"))) continue;
            QTRY_VERIFY(label->width() >= width / 2);
            ++found;
        }
        QCOMPARE(found, 1);
    }
}

QTEST_MAIN(TestRecoveryBar)
#include "test_recovery_bar.moc"
