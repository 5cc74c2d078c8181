#include "app/panes.h"

#include "app/files/file_actions.h"
#include "app/files/pipeline_export.h"
#include "app/start_page.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/feature.h"
#include "widgets/panels/compare_panel.h"
#include "widgets/panels/data_panel.h"
#include "widgets/panels/jobs_panel.h"
#include "widgets/panels/late_rejected_panel.h"
#include "widgets/panels/log_panel.h"
#include "widgets/panels/portability_panel.h"
#include "widgets/panels/problems_panel.h"

namespace rw::ui {

namespace {

using MakePane = Pane* (*)(const WindowParts&);

template <class P>
Pane* make(const WindowParts& parts) {
    return new P(parts);
}

template <>
Pane* make<JobsPanel>(const WindowParts& parts) {
    return new JobsPanel(parts, parts.jobs, parts.cluster, parts.targets);
}

template <>
Pane* make<ComparePanel>(const WindowParts& parts) {
    return new ComparePanel(parts, parts.compare, parts.targets, parts.cluster);
}

/// A new page adds a line.
constexpr MakePane kPages[] = {
    make<StartPage>,
    make<Dashboard>,
};

/// A new panel adds a line.
constexpr MakePane kPanels[] = {
    make<ProblemsPanel>,      //
    make<DataPanel>,          //
    make<LateRejectedPanel>,  //
    make<LogPanel>,           //
    make<PortabilityPanel>,   //
    make<JobsPanel>,          //
    make<ComparePanel>,
};

}  // namespace

std::vector<Pane*> Panes::all() const {
    std::vector<Pane*> both = pages;
    both.insert(both.end(), panels.begin(), panels.end());
    return both;
}

Panes makePanes(const WindowParts& parts, const std::vector<std::unique_ptr<Feature>>& features) {
    Panes panes;
    for (const MakePane page : kPages) panes.pages.push_back(page(parts));
    for (const MakePane panel : kPanels) panes.panels.push_back(panel(parts));
    for (const std::unique_ptr<Feature>& feature : features) {
        for (Pane* page : feature->pages()) panes.pages.push_back(page);
        for (Pane* panel : feature->panels()) panes.panels.push_back(panel);
    }
    return panes;
}

void connectPanes(const Panes& panes, const Inspector& inspector, FileActions& files) {
    QObject::connect(&inspector, &Inspector::lateRowsRequested, panes.find<LateRejectedPanel>(),
                     &LateRejectedPanel::showNode);
    QObject::connect(panes.find<ProblemsPanel>(), &ProblemsPanel::rowsRequested,
                     panes.find<LateRejectedPanel>(), &LateRejectedPanel::showNode);
    QObject::connect(panes.find<Dashboard>(), &Dashboard::lostRowsRequested, panes.find<LateRejectedPanel>(),
                     &LateRejectedPanel::showNode);
    QObject::connect(panes.find<StartPage>(), &StartPage::lostRowsRequested, panes.find<LateRejectedPanel>(),
                     &LateRejectedPanel::showNode);
    QObject::connect(&files.exports(), &PipelineExport::refused, panes.find<PortabilityPanel>(),
                     &Pane::seeRequested);
}

}  // namespace rw::ui
