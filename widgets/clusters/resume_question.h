// The question before an edited pipeline resumes from a savepoint: which nodes keep their state, which start
// without it, and which can't; told by core/forecast, never by the cluster, which may be wrong in
// silence.
#pragma once
#include <QString>

#include "core/cluster/deployment.h"
#include "core/forecast/forecast.h"

class QWidget;

namespace rw::ui {

class PipelineDocument;

enum class ResumeAnswer {
    Resume,         ///< the savepoint, as it is
    DropUnclaimed,  ///< the savepoint, without the state that no node claims any more
    Anew,           ///< without the savepoint
    Leave
};

struct ResumeForecast {
    Forecast forecast{};
    ResumeAnswer best = ResumeAnswer::Anew;  ///< the best possible answer; Leave is never it
    Engine engine{};
    Status unknown{};  ///< why there is no forecast; success: there is
};

/// The forecast for the state of `before` in the document as it is now. `planned`: the operators that Flink's
/// planner makes of that; null: it was not asked. Some milliseconds.
ResumeForecast forecastOf(const PipelineDocument& document, const Deployment& before,
                          const FlinkGraph* planned = nullptr);
/// A line for each node that has state, the worst first.
QString forecastText(const PipelineDocument& document, const ResumeForecast& forecast);
ResumeAnswer askResume(const PipelineDocument& document, const ResumeForecast& forecast, QWidget* window);

}  // namespace rw::ui
