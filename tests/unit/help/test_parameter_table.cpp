// The table of parameters that a page does not write itself follows from the declaration, in both languages.
#include <QTranslator>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/translated.h"
#include "widgets/help/help_pages.h"
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

    void pagesThatAskForItHaveARowOfEachParameter_data() {
        QTest::addColumn<bool>("chinese");
        QTest::newRow("en") << false;
        QTest::newRow("zh_CN") << true;
    }
    void pagesThatAskForItHaveARowOfEachParameter() {
        QFETCH(bool, chinese);
        if (chinese) QCoreApplication::installTranslator(&m_chinese);
        const QString language = chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
        int asked = 0;
        for (const NodeKind& kind : m_catalogue.kinds()) {
            const QString page = helpPageOf(QString::fromStdString(kind.type));
            QFile written(QStringLiteral(":/help/%1/%2.md").arg(language, page));
            QVERIFY(written.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(written.readAll());
            if (!text.contains(kMark)) continue;
            ++asked;
            const QString whole = withParameterTable(text, page, m_catalogue);
            QVERIFY(!whole.contains(kMark));
            for (const ParamSpec& param : kind.params) {
                const QString begin = QStringLiteral("| **%1** `%2` | ")
                                          .arg(translated(param.label), QString::fromStdString(param.name));
                QVERIFY2(whole.contains(begin), qPrintable(page + begin));
            }
        }
        QVERIFY(asked > 0);
    }

    void choicesAndDefaultsStandBehindTheHelp() {
        ParamSpec keep =
            makeParam("keep", ParamKind::Choice, {"t", "Keep", {}}, {"t", "What stays.", {}}, "all");
        keep.choices = {{"all", {"t", "all", {}}}, {"a|b", {"t", "a * b", {}}}};
        QCOMPARE(tableOf({keep}), QStringLiteral("| Parameter | Meaning |\n|---|---|\n"
                                                 "| **Keep** `keep` | What stays. `all`; a\\|b: a \\* b. "
                                                 "Default: `all`. |\n"));
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
