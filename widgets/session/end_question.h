// The question before the end of a run that goes on only as long as it is watched from here: a run of Spark.
#pragma once

class QWidget;

namespace rw::ui {

class RemoteRun;

enum class EndedBy { OtherPipeline, OtherEngine, Closing };

/// Whether that may be done. Asks when `shown` would end of it, otherwise it may; null: none is shown.
bool confirmStopSpark(const RemoteRun* shown, EndedBy what, QWidget* window);

}  // namespace rw::ui
