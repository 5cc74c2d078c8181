// Below the settings of a source or sink: what it guarantees, how it stands, and its partitions.
#include <QLabel>
#include <QPainter>
#include <QTreeWidget>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "tests/unit/inspector/live_orders.h"
#include "widgets/inspector/metrics_page.h"
#include "widgets/inspector/standing_box.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct Standing {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    StandingBox box{document, session};
    MetricsPage page{session};
    MadeRemoteRun remote;
    NodeId source, sink;

    Standing() {
        source = document.addNode({"generator", Json::parse(R"({"columns": ["n BIGINT = i"]})")}, {});
        sink = document.addNode({"csv_sink", Json::parse(R"({"path": "-"})")}, {400, 0});
        document.connectPorts({source, "out"}, {sink, "in"});
        remote.deployed = document.pipeline();
        remote.now = State::Running;
        remote.started = remote.seen = QDateTime::currentDateTime();
        session.show(&remote);
        box.resize(336, 400);
        page.show();
    }
    ~Standing() { session.show(nullptr); }

    QTreeWidget& list() { return *box.findChild<QTreeWidget*>(QStringLiteral("partitions")); }
    QString row(const QString& words) const {
        for (int i = 0; i < page.topLevelItemCount(); ++i) {
            if (page.topLevelItem(i)->text(0).startsWith(words)) return page.topLevelItem(i)->text(1);
        }
        return QStringLiteral("none");
    }
};

}  // namespace

class TestStandingBox : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void listsPartitionsTheWorstFirst() {
        Standing s;
        s.box.setNode(s.source);
        QVERIFY2(s.box.isHidden(), "of a node that tells nothing there is nothing to show");
        tellPartitions(s.remote, s.source, orderPartitions());
        QTRY_VERIFY(!s.box.isHidden());
        s.box.setNode(s.source);
        QCOMPARE(s.list().topLevelItemCount(), 4);
        const QTreeWidgetItem* first = s.list().topLevelItem(0);
        QCOMPARE(first->text(0), QStringLiteral("orders/2"));
        QCOMPARE(first->text(1), QStringLiteral("918002"));
        QCOMPARE(first->text(2), QStringLiteral("1\u2009301"));
        QCOMPARE(first->text(3), QStringLiteral("blocked"));
        QVERIFY(first->toolTip(0).contains(QStringLiteral("A transaction is open.")));
        const auto* why = s.box.findChild<HintBox*>();
        QVERIFY(why != nullptr && !why->isHidden());
        // Who ends it, and when, as far as its system told.
        const QString words = why->accessibleDescription();
        QVERIFY2(words.contains(QStringLiteral("A transaction is open.")) &&
                     words.contains(QStringLiteral("once the other program ends its transaction")),
                 qPrintable(words));
        s.box.setWanted(false);
        QVERIFY(s.box.isHidden());
    }

    /// Below the number a bar: the whole cell for the largest lag, and of the others their share; none of one
    /// that is not behind.
    void lagsAreBarsAgainstTheLargest() {
        Standing s;
        s.box.setNode(s.source);
        tellPartitions(
            s.remote, s.source,
            {orderPartition(0, PartitionState::Live, 1'000), orderPartition(1, PartitionState::Live, 250),
             orderPartition(2, PartitionState::Live, 0)});
        QTRY_VERIFY(!s.box.isHidden());
        s.box.setNode(s.source);
        QCOMPARE(s.list().topLevelItemCount(), 3);
        constexpr int kLagColumn = 2, kWidth = 200, kHeight = 24;
        const auto barOf = [&](const QString& partition) {
            QTreeWidgetItem* row = nullptr;
            for (int i = 0; i < s.list().topLevelItemCount(); ++i) {
                if (s.list().topLevelItem(i)->text(0) == partition) row = s.list().topLevelItem(i);
            }
            if (row == nullptr) return -1;
            const QModelIndex index = s.list().model()->index(s.list().indexOfTopLevelItem(row), kLagColumn);
            QImage image(kWidth, kHeight, QImage::Format_RGB32);
            image.fill(Theme::of().tokens().panel);
            QPainter painter(&image);
            QStyleOptionViewItem option;
            option.rect = image.rect();
            option.widget = &s.list();
            const QAbstractItemDelegate* const own = s.list().itemDelegateForColumn(kLagColumn);
            (own != nullptr ? own : s.list().itemDelegate())->paint(&painter, option, index);
            painter.end();
            int most = 0;
            for (int y = 0; y < kHeight; ++y) {
                int wide = 0;
                for (int x = 0; x < kWidth; ++x)
                    wide += image.pixelColor(x, y).rgb() == Theme::of().tokens().accent.rgb() ? 1 : 0;
                most = std::max(most, wide);
            }
            return most;
        };
        const int all = barOf(QStringLiteral("orders/0")), some = barOf(QStringLiteral("orders/1"));
        QVERIFY2(all > kWidth * 9 / 10, qPrintable(QString::number(all)));
        QVERIFY2(std::abs(some - all / 4) <= 1, qPrintable(QString::number(some)));
        QCOMPARE(barOf(QStringLiteral("orders/2")), 0);
    }

    void ofManyPartitionsTheWorstAreListed() {
        Standing s;
        s.box.setNode(s.source);
        std::vector<PartitionMetrics> many;
        for (int i = 0; i < 30; ++i) many.push_back(orderPartition(i, PartitionState::Live, 1));
        many[29] = orderPartition(29, PartitionState::Disconnected, 1);
        tellPartitions(s.remote, s.source, many);
        s.box.setNode(s.source);
        QCOMPARE(s.list().topLevelItemCount(), static_cast<int>(kPartitionsShown));
        QCOMPARE(s.list().topLevelItem(0)->text(0), QStringLiteral("orders/29"));
        bool told = false;
        for (const QLabel* label : s.box.findChildren<QLabel*>())
            told = told || (!label->isHidden() && label->text() == QStringLiteral("and 18 more partitions"));
        QVERIFY(told);
    }

    void whatASinkGuaranteesStandsThereBeforeARun() {
        Standing s;
        s.session.show(nullptr);
        s.box.setNode(s.sink);
        QTRY_VERIFY(!s.box.isHidden());
        bool told = false;
        for (const QLabel* label : s.box.findChildren<QLabel*>()) {
            if (!label->text().startsWith(QStringLiteral("At least once"))) continue;
            told = !label->isHidden();
            QVERIFY(label->toolTip().contains(QStringLiteral("come again")));
        }
        QVERIFY(told);
        s.box.setNode(s.source);
        QVERIFY(s.box.isHidden());
    }

    void metricsTellTheSame() {
        Standing s;
        s.page.setNode(s.source);
        std::vector<PartitionMetrics> partitions = orderPartitions();
        partitions[1] = orderPartition(1, PartitionState::Disconnected, 9);
        partitions[1].nextTry = QDateTime::currentMSecsSinceEpoch() + 3'600'000;
        tellPartitions(s.remote, s.source, std::move(partitions));
        s.page.setNode(s.source);
        QCOMPARE(s.row(QStringLiteral("State to the outside")),
                 QStringLiteral("1 of 4 partitions disconnected"));
        QVERIFY(s.row(QStringLiteral("Next try")).startsWith(QStringLiteral("in ")));
        QCOMPARE(s.row(QStringLiteral("Lag")), QStringLiteral("1\u2009327 rows"));
        QStringList names;
        for (int i = 0; i < s.page.topLevelItemCount(); ++i) {
            const QString name = QString(s.page.topLevelItem(i)->text(0)).remove(QChar(0x200B));
            if (name.startsWith(QStringLiteral("Partition "))) names << name.mid(10);
        }
        QCOMPARE(names, (QStringList{QStringLiteral("orders/1"), QStringLiteral("orders/2"),
                                     QStringLiteral("orders/0"), QStringLiteral("orders/3")}));
    }
};

QTEST_MAIN(TestStandingBox)
#include "test_standing_box.moc"
