// The help on other engines is made of their tables: every row is there, in both languages, as the browser
// draws it.
#include <QTextBlock>
#include <QTextTable>
#include <QTranslator>
#include <QtTest/QtTest>
#include <algorithm>

#include "core/deploy/portability.h"
#include "core/nodes/catalogue.h"
#include "widgets/document/translated.h"
#include "widgets/help/deploy_tables.h"
#include "widgets/help/help_browser.h"
#include "widgets/help/help_pages.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const QString kPage = QStringLiteral("deploy_tables");

const Catalogue& catalogue() {
    static const Catalogue all = builtin();
    return all;
}

QString nameOf(const PortabilityRow& row) {
    return QString::fromStdString(row.name);
}

QString wordsOf(const QTextTableCell& cell) {
    return cell.firstCursorPosition().block().text();
}

std::vector<const QTextTable*> tablesOf(const HelpBrowser& browser) {
    std::vector<const QTextTable*> tables;
    for (const QTextFrame* frame : browser.document()->rootFrame()->childFrames()) {
        if (const auto* table = qobject_cast<const QTextTable*>(frame)) tables.push_back(table);
    }
    return tables;
}

/// Of how many rows there is more to say than that both are exact.
int reserved(const std::vector<PortabilityRow>& rows) {
    return static_cast<int>(
        std::count_if(rows.begin(), rows.end(), [](const PortabilityRow& row) { return !row.unreserved(); }));
}

}  // namespace

class TestDeployTables : public QObject {
    Q_OBJECT

    QTranslator m_chinese;

    static void languages() {
        QTest::addColumn<bool>("chinese");
        QTest::newRow("en") << false;
        QTest::newRow("zh_CN") << true;
    }
    void speak(bool chinese) {
        QCoreApplication::removeTranslator(&m_chinese);
        if (chinese) QVERIFY(QCoreApplication::installTranslator(&m_chinese));
    }

 private Q_SLOTS:
    void initTestCase() {
        new Theme(*qApp, {.mode = ThemeMode::Dark});
        QVERIFY(m_chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm")));
    }
    void cleanup() { QCoreApplication::removeTranslator(&m_chinese); }

    void everyRowIsOnThePage_data() { languages(); }
    void everyRowIsOnThePage() {
        QFETCH(bool, chinese);
        speak(chinese);
        const QString text = helpText(kPage, catalogue());
        QVERIFY2(!text.contains(QLatin1String("[//]")), qPrintable(text.left(2000)));
        for (const PortabilityRow& row : nodePortability(catalogue()))
            QVERIFY2(text.contains(QStringLiteral("](%1.md)").arg(helpPageOf(nameOf(row)))),
                     row.name.c_str());
        HelpBrowser browser(catalogue());
        browser.showPage(kPage);
        const QString shown = browser.toPlainText();
        for (const auto& rows : {functionPortability(), aggregatePortability()}) {
            for (const PortabilityRow& row : rows)
                QVERIFY2(shown.contains(nameOf(row)), qPrintable(nameOf(row)));
        }
        for (const Verdict verdict :
             {Verdict::Exact, Verdict::Equivalent, Verdict::Approximated, Verdict::Refused})
            QVERIFY(shown.contains(translated(verdictText(verdict))));
    }

    /// Nothing in a text ends a cell or makes letters bold: the text stands there as it is.
    void cellsHoldWhatTheTablesSay_data() { languages(); }
    void cellsHoldWhatTheTablesSay() {
        QFETCH(bool, chinese);
        speak(chinese);
        HelpBrowser browser(catalogue());
        browser.showPage(kPage);
        const std::vector<const QTextTable*> tables = tablesOf(browser);
        const std::vector<PortabilityRow> nodes = nodePortability(catalogue());
        QVERIFY(tables.size() >= 2);
        QCOMPARE(tables[0]->rows(), 5);  // verdicts
        QCOMPARE(tables[1]->rows(), static_cast<int>(nodes.size()) + 1);
        QCOMPARE(tables[1]->columns(), 3);
        std::size_t next = 2;
        for (const int rows : {reserved(functionPortability()), reserved(aggregatePortability())}) {
            if (rows == 0) continue;
            QVERIFY(next < tables.size());
            QCOMPARE(tables[next]->rows(), rows + 1);
            QCOMPARE(tables[next++]->columns(), 3);
        }
        for (int i = 0; i < static_cast<int>(nodes.size()); ++i) {
            const PortabilityRow& row = nodes[static_cast<std::size_t>(i)];
            QCOMPARE(wordsOf(tables[1]->cellAt(i + 1, 0)), helpTitle(helpPageOf(nameOf(row))));
            int column = 1;
            for (const Portability& there : row.there) {
                const QString words = wordsOf(tables[1]->cellAt(i + 1, column++));
                QVERIFY2(words.startsWith(translated(verdictText(there.verdict))), qPrintable(words));
                QVERIFY2(words.contains(translated(there.what)), qPrintable(words));
                QVERIFY2(words.contains(translated(there.fix)) || there.what.empty(), qPrintable(words));
            }
        }
    }

    void everyReasonIsChinese() {
        speak(true);
        const QRegularExpression han(QStringLiteral("\\p{Han}"));
        for (const auto& rows :
             {nodePortability(catalogue()), functionPortability(), aggregatePortability()}) {
            for (const PortabilityRow& row : rows) {
                for (const Portability& there : row.there) {
                    for (const Text* text : {&there.what, &there.condition, &there.fix}) {
                        const QString words = translated(*text);
                        QVERIFY2(words.isEmpty() || han.match(words).hasMatch(), qPrintable(words));
                    }
                }
            }
        }
    }

    void thePageOfANodeSaysWhatOthersMakeOfIt_data() { languages(); }
    void thePageOfANodeSaysWhatOthersMakeOfIt() {
        QFETCH(bool, chinese);
        speak(chinese);
        HelpBrowser browser(catalogue());
        for (const PortabilityRow& row : nodePortability(catalogue())) {
            browser.showPage(helpPageOf(nameOf(row)));
            const QString words = browser.toPlainText();
            QVERIFY2(words.contains(helpTitle(kPage)), row.name.c_str());
            for (const Portability& there : row.there)
                QVERIFY2(words.contains(translated(there.what)), qPrintable(words));
        }
        QVERIFY(deployNote(kPage, catalogue()).isEmpty());
        QVERIFY(deployNote(QStringLiteral("nodes/teleport"), catalogue()).isEmpty());
    }

    void otherPagesStayAsTheyAre() {
        const QString text = QStringLiteral("# A page\n\n[//]: # (speed)\n\n| a |\n");
        QCOMPARE(withDeployTables(text, catalogue()), text);
        QVERIFY(!helpText(QStringLiteral("event_time"), catalogue()).contains(helpTitle(kPage)));
    }
};

QTEST_MAIN(TestDeployTables)
#include "test_deploy_tables.moc"
