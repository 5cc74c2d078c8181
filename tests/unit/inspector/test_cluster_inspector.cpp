// The inspector while a run on a cluster is shown: figures that are not known, and changes that the job goes
// on without.
#include <QLabel>
#include <QPushButton>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/diff.h"
#include "tests/support/made_remote_run.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/metrics_page.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct Deployed {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    MadeRemoteRun remote{};
    NodeId source, table;

    Deployed() {
        source = document.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rate", 100}}}, {});
        table = document.addNode({"table_view"}, {400, 0});
        document.connectPorts({source, "out"}, {table, "in"});
        document.selection().set({source});
        remote.deployed = document.pipeline();
        remote.now = State::Running;
        session.show(&remote);
    }
    ~Deployed() { session.show(nullptr); }
};

bool says(const QWidget& widget, const QString& words) {
    const auto labels = widget.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->text() == words; });
}

}  // namespace

class TestClusterInspector : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void figuresThatAreNotToldSaySo() {
        Deployed f;
        MetricsPage page(f.session);
        page.setNode(f.source);
        page.show();
        const auto value = [&](const QString& name) {
            for (int i = 0; i < page.topLevelItemCount(); ++i) {
                if (page.topLevelItem(i)->text(0) == name) return page.topLevelItem(i)->text(1);
            }
            return QString();
        };
        JobFigures figures;
        figures.nodes[f.source].rowsOut = 400;
        figures.nodes[f.source].busy = 0.25;
        f.remote.tellRates(figures);
        const QString unknown = QStringLiteral("–");
        QCOMPARE(value(QStringLiteral("Rows out")), QStringLiteral("400"));
        QCOMPARE(value(QStringLiteral("Rate out")), QStringLiteral("200/s"));
        QCOMPARE(value(QStringLiteral("Works")), QStringLiteral("25\u00A0%"));
        for (const char* name : {"Rows in", "Rate in", "Watermark", "Late rows", "Rejected rows",
                                 "Backpressure", "State", "Waiting rows", "Keys in state", "Busy"})
            QCOMPARE(value(QString::fromLatin1(name)), unknown);
        const QTreeWidgetItem* last = page.topLevelItem(page.topLevelItemCount() - 1);
        QVERIFY2(last->text(0).contains(QStringLiteral("Not told by the cluster")),
                 qPrintable(last->text(0)));
        QCOMPARE(page.topLevelItem(0)->toolTip(1), last->text(0));
    }

    void whatIsOldIsNotOfNow() {
        Deployed f;
        MetricsPage page(f.session);
        page.setNode(f.source);
        page.show();
        const auto works = [&page] {
            const auto rows = page.findItems(QStringLiteral("Works"), Qt::MatchExactly);
            return rows.isEmpty() ? QString() : rows.first()->text(1);
        };
        JobFigures figures;
        figures.nodes[f.source].busy = 0.25;
        f.remote.tell(figures);
        QCOMPARE(works(), QStringLiteral("25\u00A0%"));
        f.remote.tell(figures, 60'000);
        QCOMPARE(works(), QStringLiteral("–"));
    }

    void theFooterPromisesNothing() {
        Deployed f;
        Inspector inspector(f.document, f.session);
        inspector.show();
        QVERIFY(QTest::qWaitFor([&] { return f.document.isValidated(); }, 30'000));
        const auto* apply = inspector.findChild<QPushButton*>(QStringLiteral("apply"));
        auto* revert = inspector.findChild<QPushButton*>(QStringLiteral("revert"));
        QVERIFY(says(inspector, QStringLiteral("The job on the cluster runs this version")));
        f.document.setParam(f.source, "rate", 7);
        QVERIFY(QTest::qWaitFor([&] { return f.document.isValidated(); }, 30'000));
        QVERIFY(says(inspector, QStringLiteral("The job on the cluster goes on without the changes")));
        QVERIFY(!apply->isEnabled());
        QVERIFY2(apply->toolTip().contains(QLatin1String("takes no changes")), qPrintable(apply->toolTip()));
        QVERIFY(revert->isEnabled());
        revert->click();
        QVERIFY(runAlike(f.document.pipeline(), f.remote.deployed));
        QVERIFY(!revert->isEnabled());
        f.remote.turn(State::Stopped);
        QVERIFY(says(inspector, QStringLiteral("Changes take effect when the pipeline is deployed again")));
    }
};

QTEST_MAIN(TestClusterInspector)
#include "test_cluster_inspector.moc"
