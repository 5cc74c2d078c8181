// The table of parameters on the page of a node follows from the declaration, in both languages.
#include <QTranslator>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/translated.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/markdown.h"
#include "widgets/help/parameter_table.h"

using namespace rw;
using namespace rw::ui;

namespace {

const QString kMark = QStringLiteral("[//]: # (parameters)\n");

QString tableOf(std::vector<ParamSpec> params) {
    NodeKind kind;
    kind.type = "made_up";
    kind.params = std::move(params);
    return withParameterTable(kMark, QStringLiteral("nodes/made_up"), Catalogue({std::move(kind)}));
}

}  // namespace

class TestParameterTable : public QObject {
    Q_OBJECT

    const Catalogue m_catalogue = builtin();
    QTranslator m_chinese;

 private Q_SLOTS:
    void initTestCase() { QVERIFY(m_chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm"))); }
    void cleanup() { QCoreApplication::removeTranslator(&m_chinese); }

    void everyNodePageHasARowOfEachParameter_data() {
        QTest::addColumn<bool>("chinese");
        QTest::newRow("en") << false;
        QTest::newRow("zh_CN") << true;
    }
    // The form shows the label, the file the key: a reader of a page knows one of them.
    void everyNodePageHasARowOfEachParameter() {
        QFETCH(bool, chinese);
        if (chinese) QCoreApplication::installTranslator(&m_chinese);
        const QString language = chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
        for (const NodeKind& kind : m_catalogue.kinds()) {
            const QString page = helpPageOf(QString::fromStdString(kind.type));
            const QString where = QStringLiteral("resources/help/%1/%2.md").arg(language, page);
            QFile file(QStringLiteral(":/help/%1/%2.md").arg(language, page));
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(where));
            const QString written = QString::fromUtf8(file.readAll());
            const bool asks = written.contains(QStringLiteral("\n\n%1\n").arg(kMark));
            QVERIFY2(asks == !kind.params.empty(),
                     qPrintable(where +
                                QStringLiteral(": the pages of nodes with parameters, and no others, "
                                               "have the paragraph ") +
                                kMark));
            const QString whole = withParameterTable(written, page, m_catalogue);
            QVERIFY2(!whole.contains(kMark), qPrintable(where));
            for (const ParamSpec& param : kind.params) {
                const QString begin =
                    QStringLiteral("| **%1** `%2` | ")
                        .arg(escapedMarkdown(translated(param.label)), QString::fromStdString(param.name));
                QVERIFY2(whole.count(begin) == 1, qPrintable(where + QStringLiteral(": ") + begin));
                QVERIFY2(!written.contains(begin),
                         qPrintable(where + QStringLiteral(": the help of the parameter says it: ") + begin));
            }
        }
    }

    void choicesAndDefaultsStandBehindTheHelp() {
        ParamSpec keep =
            makeParam("keep", ParamKind::Choice, {"t", "Keep", {}}, {"t", "What stays.", {}}, "all");
        keep.choices = {{"all", {"t", "all", {}}}, {"a|b", {"t", "a * b", {}}}};
        QCOMPARE(tableOf({keep}), QStringLiteral("| Parameter | Meaning |\n|---|---|\n"
                                                 "| **Keep** `keep` | What stays. `all`; a\\|b: a \\* b. "
                                                 "Default: `all`. |\n"));
    }

    void codeInTheHelpIsCode() {
        const auto meaning = [](const char* help) {
            const ParamSpec param = makeParam("p", ParamKind::String, {"t", "P", {}}, {"t", help, {}});
            return tableOf({param}).section(QLatin1String("`p` | "), 1).chopped(3);
        };
        QCOMPARE(meaning("`-` is *this* `a_b`."), QStringLiteral("`-` is \\*this\\* `a_b`."));
        QCOMPARE(meaning("`a|b` has a bar."), QStringLiteral("a\\|b has a bar."));
        QCOMPARE(meaning("One ` alone."), QStringLiteral("One \\` alone."));
    }

    void labelsAndDefaultsThatSayNothingAreLeftOut() {
        ParamSpec keep = makeParam("keep", ParamKind::Choice, {"t", "Keep", {}}, {"t", "What stays.", {}});
        keep.choices = {{"first", {"t", "First", {}}}, {"last", {"t", "The newest", {}}}};
        const ParamSpec keys =
            makeParam("keys", ParamKind::ColumnNames, {"t", "Keys", {}}, {"t", "Which.", {}}, Json::array());
        const ParamSpec text =
            makeParam("text", ParamKind::String, {"t", "Text", {}}, {"t", "What.", {}}, std::string());
        const QString table = tableOf({keep, keys, text});
        QVERIFY2(table.contains(QStringLiteral("| What stays. `first`; `last`: The newest. |\n")),
                 qPrintable(table));
        QVERIFY2(table.endsWith(QStringLiteral("| Which. |\n| **Text** `text` | What. |\n")),
                 qPrintable(table));
    }

    void chineseSentencesFollowWithoutASpace() {
        QCoreApplication::installTranslator(&m_chinese);
        const ParamSpec rows =
            makeParam("rows", ParamKind::Integer, {"t", "Rows", {}}, {"t", "多少行。", {}}, 8);
        const QString table = tableOf({rows});
        QVERIFY2(table.endsWith(QStringLiteral("| 多少行。默认：`8`。 |\n")), qPrintable(table));
    }

    void aNumberIsADefault() {
        const ParamSpec rows =
            makeParam("rows", ParamKind::Integer, {"t", "Rows", {}}, {"t", "How many.", {}}, 8);
        QVERIFY(tableOf({rows}).endsWith(QStringLiteral("| **Rows** `rows` | How many. Default: `8`. |\n")));
    }

    void otherPagesStayAsTheyAre() {
        const QString plain = QStringLiteral("# Sort\n\nNo parameters.\n");
        QCOMPARE(withParameterTable(plain, QStringLiteral("nodes/sort"), m_catalogue), plain);
        QCOMPARE(withParameterTable(kMark, QStringLiteral("sql"), m_catalogue), kMark);
    }
};

QTEST_MAIN(TestParameterTable)
#include "test_parameter_table.moc"
