#include "app/panes.h"

#include <algorithm>
#include <string_view>

#include "app/pipeline_page.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/canvas/level/level_page.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/inspector/inspector.h"
#include "widgets/lineage/why_panel.h"
#include "widgets/pane/feature.h"
#include "widgets/pane/shows_rows.h"
#include "widgets/panels/data_panel.h"
#include "widgets/panels/late_rejected_panel.h"
#include "widgets/panels/problems_panel.h"
#include "widgets/pipeline_tests/tests_panel.h"
#include "widgets/sample/sample_panel.h"
#include "widgets/what_if/what_if_page.h"

namespace rw::ui {

namespace {

using MakePane = Pane* (*)(const WindowParts&);

template <class P>
Pane* make(const WindowParts& parts) {
    return new P(parts);
}

void sortByPlace(std::vector<Pane*>& panes) {
    std::stable_sort(panes.begin(), panes.end(),
                     [](const Pane* a, const Pane* b) { return a->facts().place < b->facts().place; });
}

/// A new page adds a line.
constexpr MakePane kPages[] = {
    make<PipelinePage>,
    make<Dashboard>,
};

/// A new panel adds a line.
constexpr MakePane kPanels[] = {
    make<ProblemsPanel>,  //
    make<DataPanel>,      //
    make<LateRejectedPanel>,
};

}  // namespace

std::vector<Pane*> Panes::all() const {
    std::vector<Pane*> both = pages;
    both.insert(both.end(), panels.begin(), panels.end());
    return both;
}

Pane* Panes::named(const char* id) const {
    const std::vector<Pane*> both = all();
    const auto found = std::find_if(both.begin(), both.end(), [id](const Pane* pane) {
        return std::string_view(pane->facts().id) == id;
    });
    return found != both.end() ? *found : nullptr;
}

Panes makePanes(const WindowParts& parts, const std::vector<std::unique_ptr<Feature>>& features) {
    Panes panes;
    for (const MakePane page : kPages) panes.pages.push_back(page(parts));
    for (const MakePane panel : kPanels) panes.panels.push_back(panel(parts));
    for (const std::unique_ptr<Feature>& feature : features) {
        for (Pane* page : feature->pages()) panes.pages.push_back(page);
        for (Pane* panel : feature->panels()) panes.panels.push_back(panel);
    }
    sortByPlace(panes.pages);
    sortByPlace(panes.panels);
    return panes;
}

namespace {

/// The rows of the node that is chosen in a subflow, as long as that is open on the canvas.
void followLevel(DataPanel& data, const LevelPage& level) {
    const auto follow = [&data, &level] {
        const LevelNode* const inside = level.isOpen() ? level.view().chosen() : nullptr;
        data.watchInside(inside != nullptr ? std::optional(inside->node) : std::nullopt);
    };
    QObject::connect(&level.view(), &LevelView::chosenChanged, &data, follow);
    QObject::connect(&level, &LevelPage::opened, &data, follow);
    QObject::connect(&level, &LevelPage::closed, &data, follow);
}

/// Entries of panels in the menu of a node.
std::vector<QAction*> moreOf(const Panes& panes, const NodeId& node) {
    std::vector<QAction*> actions;
    if (const auto* const sample = panes.find<SamplePanel>()) actions = sample->actionsOf(node);
    auto* const why = panes.find<WhyPanel>();
    if (QAction* const missing = why != nullptr ? why->missingOf(node) : nullptr) actions.push_back(missing);
    return actions;
}

}  // namespace

void connectPanes(const Panes& panes, Inspector& inspector, const CanvasWidget& canvas) {
    if (auto* const sample = panes.find<SamplePanel>()) {
        canvas.view().canvas().setSample(&sample->figures());
        inspector.setSample(&sample->figures());
        QObject::connect(&canvas.view(), &CanvasView::listenRequested, sample, &SamplePanel::listenAt);
    }
    canvas.actions().setMoreOfNode([panes](const NodeId& node) { return moreOf(panes, node); });
    if (auto* const data = panes.find<DataPanel>()) followLevel(*data, canvas.level());
    QObject::connect(&inspector, &Inspector::lateRowsRequested, panes.find<LateRejectedPanel>(),
                     &LateRejectedPanel::showNode);
    QObject::connect(panes.find<ProblemsPanel>(), &ProblemsPanel::rowsRequested,
                     panes.find<LateRejectedPanel>(), &LateRejectedPanel::showNode);
    QObject::connect(panes.find<Dashboard>(), &Dashboard::lostRowsRequested, panes.find<LateRejectedPanel>(),
                     &LateRejectedPanel::showNode);
    QObject::connect(panes.find<PipelinePage>(), &PipelinePage::lostRowsRequested,
                     panes.find<LateRejectedPanel>(), &LateRejectedPanel::showNode);
    auto* const tests = panes.find<TestsPanel>();
    if (auto* const whatIf = panes.find<WhatIfPage>(); whatIf != nullptr && tests != nullptr)
        QObject::connect(whatIf, &WhatIfPage::testRequested, tests, &TestsPanel::newFromVariant);
    auto* const why = panes.find<WhyPanel>();
    if (why == nullptr) return;
    QObject::connect(panes.find<ProblemsPanel>(), &ProblemsPanel::whyRequested, why, &WhyPanel::askForPair);
    QObject::connect(why, &WhyPanel::pathChanged, &canvas.view().canvas(), &CanvasScene::setLit);
    QObject::connect(&canvas.view(), &CanvasView::litDismissed, why, &WhyPanel::dropPath);
    for (const Pane* pane : panes.all()) {
        if (const auto* rows = dynamic_cast<const ShowsRows*>(pane)) why->serve(*rows);
    }
}

}  // namespace rw::ui
