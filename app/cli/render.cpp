#include <QString>

#include "app/cli/charts.h"
#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/run_loop.h"
#include "app/cli/target_lookup.h"
#include "app/offscreen.h"
#include "widgets/charts/chart_export.h"

namespace rw::cli {

int render(const RenderCommand& command) {
    const QString out = QString::fromStdString(command.out);
    const bool svg = out.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive);
    if (!svg && !out.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
        printMessage("error", "--out must end in .png or .svg");
        return 2;
    }
    const std::optional<ToRun> of = toRun(command.pipeline, 0, secretSource, {{}, {}, command.out});
    if (!of) return 2;
    const std::shared_ptr<const Plan>& planned = of->plan;
    const Node* node = planned->pipeline.find(command.node);
    const NodeKind* kind = node ? catalogue().of(*node) : nullptr;
    if (!kind || !kind->chart) {
        printMessage("error", "the pipeline has no chart node “" + command.node + "”");
        return 2;
    }
    RunOptions options;
    options.connections = of->connections;
    const std::unique_ptr<Run> run = runToEnd(planned, std::move(options), command.duration).run;
    if (!run || !run->status().ok()) return 1;
    const Offscreen offscreen(command.dark);
    const auto chart = chartOf(*node, run->view(command.node));
    if (!chart.ok()) {
        printMessage("error", english(chart.error()));
        return 1;
    }
    const QSize size(command.width, command.height);
    const Status status = svg ? ui::exportSvg(**chart, out, size) : ui::exportPng(**chart, out, size);
    if (!status.ok()) printMessage("error", english(status.error()));
    return status.ok() ? 0 : 1;
}

}  // namespace rw::cli
