#include "app/cli/charts.h"

#include <QDir>

#include "app/cli/load.h"
#include "app/offscreen.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_kinds.h"
#include "widgets/document/editing/node_appearance.h"

namespace rw::cli {

namespace {

constexpr QSize kChartSize(1200, 600);

}  // namespace

Result<std::unique_ptr<ui::ChartWidget>> chartOf(const Node& node, const std::shared_ptr<LiveView>& view) {
    if (!view) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("cli", "The chart “%1” took no part in the run.").with(node.id),
                      RW_TEXT("cli", "Enable the node in the pipeline, or name another chart."));
    }
    std::unique_ptr<ui::ChartWidget> chart = ui::makeChart(*view);
    if (!chart) {
        return Status(ErrorCode::Internal,
                      RW_TEXT("cli", "Nothing draws the chart “%1”: its type “%2” has no picture.")
                          .with(node.id, node.type),
                      RW_TEXT("cli",
                              "Show the rows in a table_view instead. Whoever adds a type of chart adds its "
                              "picture in widgets/charts."));
    }
    chart->setTitle(ui::titleOf(node));
    chart->setView(view);
    return chart;
}

Status writeCharts(Run& run, const std::string& folder) {
    const QDir into(QString::fromStdString(folder));
    if (!into.mkpath(QStringLiteral("."))) {
        return Status(ErrorCode::Io, RW_TEXT("cli", "The folder “%1” can't be made.").with(folder),
                      RW_TEXT("cli", "Name a folder that can be written."));
    }
    const Offscreen offscreen(true);
    for (const Node& node : run.plan().pipeline.nodes) {
        const std::shared_ptr<LiveView> view = run.view(node.id);
        if (!view) continue;
        RW_TRY_ASSIGN(const auto chart, chartOf(node, view));
        const QString path = into.absoluteFilePath(QString::fromStdString(pictureOf(node.id)));
        RW_TRY(ui::exportPng(*chart, path, kChartSize));
        printMessage("chart", path.toStdString());
    }
    return {};
}

}  // namespace rw::cli
