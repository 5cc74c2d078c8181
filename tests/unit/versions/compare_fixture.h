// The page Compare versions over a saved pipeline of three nodes.
#pragma once
#include <QtWidgets/QtWidgets>

#include "core/history/version_history.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/canvas/difference/difference_split.h"
#include "widgets/theme/empty_state.h"
#include "widgets/versions/changes_side.h"
#include "widgets/versions/compare_page.h"
#include "widgets/versions/effect_view.h"
#include "widgets/versions/version_keeper.h"
#include "widgets/versions/versions_side.h"

namespace rw::ui {

struct CompareFixture : SessionFixture {
    QTemporaryDir folder{};
    VersionKeeper keeper{document, session, nullptr};
    QSignalSpy kept{&keeper, &VersionKeeper::kept};
    QStringList told{};
    ComparePage page{parts, newDifferenceCanvas, [this](const QString& words) { told << words; }};
    NodeId source{}, filter{}, sums{};

    CompareFixture() {
        QObject::connect(&keeper, &VersionKeeper::kept, &page, &ComparePage::refresh);
        page.resize(1300, 800);
    }
    QString path() const { return folder.filePath(QStringLiteral("p.rill")); }
    /// Source, filter, window; saved.
    void build() {
        const Json rows{
            {"rate", 10},
            {"event_time", "ts"},
            {"columns",
             {"ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-01-01 00:00:00')", "n BIGINT = i"}}};
        source = document.addNode(nodeOf("generator", QStringLiteral("Readings"), rows), {0, 0});
        filter = document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Plausible"), Json{{"condition", "n > 1"}}), {300, 0},
            {source, "out"});
        sums = document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("Sums"),
                   Json{{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS c"}}}),
            {600, 0}, {filter, "out"});
        save();
    }
    void save() {
        const qsizetype before = kept.size();
        QVERIFY(document.saveAs(path()).ok());
        QTRY_COMPARE(kept.size(), before + 1);
    }
    void open() {
        page.show();
        settle();
    }
    void settle() {
        QTest::qWait(100);  // longer than the page rests
        QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy(), 30'000);
        QCoreApplication::processEvents();
    }
    void chooseRow(int row, bool also = false) {
        QListView& list = page.versions().list();
        list.selectionModel()->select(list.model()->index(row, 0), also
                                                                       ? QItemSelectionModel::Select
                                                                       : QItemSelectionModel::ClearAndSelect);
        settle();
    }
    int rowOf(const QString& title) const {
        const VersionsModel& model = page.versions().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, 0).data().toString() == title) return row;
        }
        return -1;
    }
    QStringList titles() const {
        QStringList all;
        for (const VersionChange& change : page.difference().changes) all << change.title;
        return all;
    }
    QString counts() const { return page.findChild<QLabel*>(QStringLiteral("change_counts"))->text(); }
    DifferenceView& picture() const { return static_cast<DifferenceSplit&>(page.canvas()).first(); }
    DifferencePicture::Mark markOf(const NodeId& id) const {
        for (const DifferenceCard* card : picture().cards()) {
            if (card->id() == id) return card->mark();
        }
        qFatal("no such card");
    }
    DifferenceCard& card(const NodeId& id) const {
        for (DifferenceCard* card : picture().cards()) {
            if (card->id() == id) return *card;
        }
        qFatal("no such card");
    }
    bool saysNothing() const {
        const QList<EmptyState*> all = page.findChildren<EmptyState*>();
        return std::any_of(all.begin(), all.end(), [this](const EmptyState* each) {
            return each->isVisible() && !page.effect().isAncestorOf(each);
        });
    }
};

}  // namespace rw::ui
