#include "widgets/clusters/resume_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <utility>
#include <vector>

#include "core/cluster/engine_backend.h"
#include "core/cluster/flink_graph.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr int kMostKept = 6;  ///< nodes that are listed though nothing is lost of them

int worth(StateFate fate) {
    return fate == StateFate::Cannot ? 0 : fate == StateFate::StartsAnew ? 1 : 2;
}

QString lineOf(const PipelineDocument& document, const NodeId& id, const NodeForecast& node) {
    const QString title = node.gone ? QString::fromStdString(id) : titleOf(document.pipeline(), id);
    const QString fate = translated(stateFateText(node));
    QString line =
        node.why.empty()
            ? QCoreApplication::translate("resume", "“%1”: %2").arg(title, fate)
            : QCoreApplication::translate("resume", "“%1”: %2. %3").arg(title, fate, translated(node.why));
    if (!node.fix.empty()) line += QLatin1Char(' ') + translated(node.fix);
    return line;
}

}  // namespace

ResumeForecast forecastOf(const PipelineDocument& document, const Deployment& before,
                          const FlinkGraph* planned) {
    ValidateOptions options = document.validateOptions();
    options.files = false;
    ValidateOptions of = options;
    of.variables.clear();  // the deployed pipeline has its values
    const EngineBackend& backend = backendOf(before.engine);
    ForecastRules rules;
    rules.keeper = backend.keeperOf(before);
    if (planned != nullptr && !planned->empty() && !before.graph.empty())
        rules.sameOperators = sameOperators(before.graph, *planned);
    const auto told = [&] {
        return forecast({before.pipeline, of}, {document.pipeline(), options}, document.catalogue(), rules);
    };
    ResumeForecast out;
    out.engine = before.engine;
    Result<Forecast> asItIs = told();
    if (!asItIs.ok()) {
        out.unknown = asItIs.status();
        return out;
    }
    out.forecast = std::move(*asItIs);
    if (out.forecast.possible() && !out.forecast.refusedAsIs) {
        out.best = ResumeAnswer::Resume;
        return out;
    }
    if (!backend.facts().dropState) return out;
    rules.allowLostState = true;
    Result<Forecast> without = told();
    if (without.ok() && without->possible()) {
        out.forecast = std::move(*without);
        out.best = ResumeAnswer::DropUnclaimed;
    }
    return out;
}

QString forecastText(const PipelineDocument& document, const ResumeForecast& forecast) {
    if (!forecast.unknown.ok())
        return QCoreApplication::translate("resume", "What becomes of its state is not known: %1")
            .arg(errorLines(forecast.unknown.error()));
    std::vector<std::pair<NodeId, NodeForecast>> nodes;
    for (const auto& each : forecast.forecast.nodes) {
        if (each.second.fate != StateFate::NoState) nodes.push_back(each);
    }
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
        return worth(a.second.fate) < worth(b.second.fate);
    });
    QStringList lines;
    if (!forecast.forecast.refusal.empty()) lines << translated(forecast.forecast.refusal);
    int kept = 0;
    for (const auto& [id, node] : nodes) {
        // Of many that keep their state the number says enough: the others must be seen.
        const bool many = node.fate == StateFate::Keeps && ++kept > kMostKept;
        if (!many) lines << lineOf(document, id, node);
    }
    if (kept > kMostKept)
        lines << QCoreApplication::translate("resume", "%n more nodes keep their state.", nullptr,
                                             kept - kMostKept);
    if (lines.isEmpty()) lines << QCoreApplication::translate("resume", "No node has state to keep.");
    return lines.join(QLatin1Char('\n'));
}

ResumeAnswer askResume(const PipelineDocument& document, const ResumeForecast& forecast, QWidget* window) {
    QMessageBox box(
        QMessageBox::Question, QCoreApplication::translate("resume", "The pipeline is another now"),
        (backendOf(forecast.engine).facts().savepoints
             ? QCoreApplication::translate("resume", "“%1” is not as it was when the savepoint was made.")
             : QCoreApplication::translate("resume", "“%1” is not as it was when it ran."))
            .arg(document.displayName()),
        QMessageBox::NoButton, window);
    box.setInformativeText(shownLines(forecastText(document, forecast), kTipLength));
    const QPushButton* resume = nullptr;
    if (forecast.best == ResumeAnswer::Resume)
        resume = box.addButton(QCoreApplication::translate("resume", "Resume"), QMessageBox::AcceptRole);
    if (forecast.best == ResumeAnswer::DropUnclaimed)
        resume = box.addButton(QCoreApplication::translate("resume", "Resume, and drop the rest"),
                               QMessageBox::DestructiveRole);
    const QPushButton* anew =
        box.addButton(QCoreApplication::translate("resume", "Deploy anew"), QMessageBox::ActionRole);
    QPushButton* leave =
        box.addButton(QCoreApplication::translate("resume", "Don't deploy"), QMessageBox::RejectRole);
    box.setDefaultButton(leave);
    box.exec();
    if (resume != nullptr && box.clickedButton() == resume) return forecast.best;
    return box.clickedButton() == anew ? ResumeAnswer::Anew : ResumeAnswer::Leave;
}

}  // namespace rw::ui
