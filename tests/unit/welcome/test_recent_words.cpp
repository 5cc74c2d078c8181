// Folders and dates of recent files, as they are told apart.
#include <QDir>
#include <QtTest/QtTest>

#include "widgets/welcome/list_row.h"

using namespace rw::ui;

class TestRecentWords : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void datesGetCoarserWithAge_data() {
        QTest::addColumn<QDateTime>("time");
        QTest::addColumn<QString>("shown");
        const QTime clock(7, 5);
        QTest::newRow("today") << QDateTime({2026, 3, 1}, clock) << "Today 07:05";
        QTest::newRow("yesterday") << QDateTime({2026, 2, 28}, clock) << "Yesterday 07:05";
        QTest::newRow("this year") << QDateTime({2026, 1, 9}, clock) << "9 Jan";
        QTest::newRow("before") << QDateTime({2025, 12, 31}, clock) << "2025-12-31";
    }
    void datesGetCoarserWithAge() {
        QFETCH(QDateTime, time);
        QFETCH(QString, shown);
        QCOMPARE(shownDate(time, {2026, 3, 1}), shown);
    }
    void homeIsShort() {
        QCOMPARE(shownFolder(QDir::homePath() + QStringLiteral("/a/b.rill")), QStringLiteral("~/a"));
        QCOMPARE(shownFolder(QDir::homePath() + QStringLiteral("/b.rill")), QStringLiteral("~"));
        QCOMPARE(shownFolder(QDir::homePath() + QStringLiteral("2/b.rill")),
                 QDir::homePath() + QStringLiteral("2"));
        QCOMPARE(shownFolder(QStringLiteral("/srv/b.rill")), QStringLiteral("/srv"));
    }
};

QTEST_APPLESS_MAIN(TestRecentWords)
#include "test_recent_words.moc"
