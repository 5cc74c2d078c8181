// Which help pages a search finds, and which of them is better.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/help_search.h"

using namespace rw;
using namespace rw::ui;

class TestHelpSearch : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void findsPagesWithAllWordsInAnyOrder();
    void ordersByWhereTheWordsStand();
    void aWordMatchesFromItsStart();
    void findsThePagesThatSayHowTimesAreRead();
};

void TestHelpSearch::findsPagesWithAllWordsInAnyOrder() {
    const QString page = QStringLiteral("# CSV file\n\nThe format\nof a date.\n");
    QVERIFY(helpScore(QStringLiteral("date format"), page) > 0);
    QVERIFY(helpScore(QStringLiteral("FORMAT  Date"), page) > 0);
    QVERIFY(helpScore(QStringLiteral("formats"), page) > 0);
    QCOMPARE(helpScore(QStringLiteral("date format zone"), page), 0);
    QCOMPARE(helpScore(QStringLiteral("  "), page), 0);
}

void TestHelpSearch::ordersByWhereTheWordsStand() {
    const QString typed = QStringLiteral("time zone");
    const QStringList bestFirst{
        QStringLiteral("# The time zone\n"), QStringLiteral("# Times\n\n## The zone of a time\n"),
        QStringLiteral("# SQL\n\nThe time\nzone.\n"), QStringLiteral("# SQL\n\nA zone has a time.\n"),
        QStringLiteral("# Zones\n\nIt is sometimes so.\n")};
    for (int i = 1; i < bestFirst.size(); ++i)
        QVERIFY2(helpScore(typed, bestFirst[i - 1]) > helpScore(typed, bestFirst[i]),
                 qPrintable(bestFirst[i]));
    QVERIFY(helpScore(typed, bestFirst.back()) > 0);
}

void TestHelpSearch::aWordMatchesFromItsStart() {
    const auto score = [](const char* typed, const char* text) {
        return helpScore(QString::fromUtf8(typed), QStringLiteral("# Page\n\n") + QString::fromUtf8(text));
    };
    QCOMPARE(score("date", "Dates."), score("date", "A date."));
    QVERIFY(score("date", "An update.") < score("date", "A date."));
    QCOMPARE(score("source", "`csv_source`"), score("source", "A source."));
    QCOMPARE(score("时间", "事件时间"), score("时间", "时间"));
}

void TestHelpSearch::findsThePagesThatSayHowTimesAreRead() {
    const Catalogue catalogue = builtin();
    for (const char* page : {"nodes/csv_source", "nodes/ndjson_source", "nodes/stdin", "sql"})
        QVERIFY2(helpScore(QStringLiteral("date format"), helpText(QLatin1String(page), catalogue)) > 0,
                 page);
}

QTEST_GUILESS_MAIN(TestHelpSearch)
#include "test_help_search.moc"
