#include "app/cli/charts.h"

#include <QDir>
#include <cstdio>

#include "app/offscreen.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/document/node_mark.h"

namespace rw::cli {

namespace {

constexpr QSize kChartSize(1200, 600);

}  // namespace

Status writeCharts(Run& run, const std::string& folder) {
    const QDir into(QString::fromStdString(folder));
    if (!into.mkpath(QStringLiteral("."))) {
        return Status(ErrorCode::Io, RW_TEXT("cli", "The folder “%1” can't be made.").with(folder),
                      RW_TEXT("cli", "Name a folder that can be written."));
    }
    const Offscreen offscreen(true);
    for (const Node& node : run.plan().pipeline.nodes) {
        const std::shared_ptr<LiveView> view = run.view(node.id);
        const auto chart = view ? ui::makeChart(*view) : nullptr;
        if (!chart) continue;
        chart->setTitle(ui::titleOf(node));
        chart->setView(view);
        const QString path = into.absoluteFilePath(QString::fromStdString(node.id) + QStringLiteral(".png"));
        RW_TRY(ui::exportPng(*chart, path, kChartSize));
        std::fprintf(stderr, "chart: %s\n", qUtf8Printable(path));
    }
    return {};
}

}  // namespace rw::cli
