#include "widgets/session/shown/shown_run.h"

#include <iterator>

#include "widgets/session/remote_run.h"

namespace rw::ui {

namespace {

constexpr const char* kHas = nullptr;

/// Why a run of each kind lacks an ability; kHas: it does not.
struct Reasons {
    RunAbility ability{};
    const char* none = kHas;
    const char* ended = kHas;
    const char* replay = kHas;
    const char* undeployed = kHas;
    const char* elsewhere = kHas;
};

constexpr char kNotRunning[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "The pipeline does not run");
constexpr char kNextRun[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Changes take effect with the next run");
constexpr char kNothingYet[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Nothing has run yet");
constexpr char kRunForFigures[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Run to see figures");
constexpr char kUntold[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Not told by the cluster");
constexpr char kRows[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "The rows stay on the cluster");
constexpr char kSingleRows[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "The cluster tells no single rows");
constexpr char kWatermark[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "The cluster tells no watermark here");
constexpr char kWindows[] =
    QT_TRANSLATE_NOOP("rw::ui::ShownRun", "The cluster tells nothing of single windows");
constexpr char kAlerts[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A cluster judges no alerts");
constexpr char kGuarantees[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A cluster has its own guarantees");
constexpr char kCheckpoints[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A cluster keeps its own checkpoints");
constexpr char kVersions[] =
    QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A job on a cluster keeps its pipeline itself");
constexpr char kPausing[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A run on a cluster can't be paused");
constexpr char kStepping[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A run on a cluster takes no steps");
constexpr char kApplying[] = QT_TRANSLATE_NOOP(
    "rw::ui::ShownRun", "A job on a cluster takes no changes: deploy the pipeline again (Ctrl+R)");
constexpr char kFinishing[] =
    QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A job on a cluster ends in other ways: Stop lists them");
constexpr char kRequests[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A run on a cluster takes no requests");
constexpr char kSeeking[] = QT_TRANSLATE_NOOP("rw::ui::ShownRun", "A run on a cluster has no tape");

/// In the order of the abilities. A run that is under way here, and is no replay, has all of them.
constexpr Reasons kReasons[] = {
    {RunAbility::Figures, kRunForFigures, kHas, kHas,
     QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Deploy to see figures"), kHas},
    {RunAbility::AllFigures, kRunForFigures, kHas, kHas, kUntold, kUntold},
    {RunAbility::Rows, QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Run to see rows"), kHas, kHas, kRows, kRows},
    {RunAbility::KeptRows, kNothingYet, kHas, kHas, kSingleRows, kSingleRows},
    {RunAbility::Watermarks, QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Run to see watermarks"), kHas, kHas,
     kWatermark, kWatermark},
    {RunAbility::Windows, QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Run, or open a tape"), kHas, kHas, kWindows,
     kWindows},
    {RunAbility::Alerts, QT_TRANSLATE_NOOP("rw::ui::ShownRun", "Alerts are judged while the pipeline runs"),
     kHas, kHas, kAlerts, kAlerts},
    {RunAbility::Guarantees, kHas, kHas, kHas, kGuarantees, kGuarantees},  // without a run: of the next one
    {RunAbility::Checkpoints, kHas, kHas, kHas, kCheckpoints, kCheckpoints},
    {RunAbility::Versions, kNothingYet, kHas, kHas, kVersions, kVersions},
    {RunAbility::Pausing, kNotRunning, kNotRunning, kHas, kPausing, kPausing},
    {RunAbility::Stepping, kHas, kHas, kHas, kStepping, kStepping},
    {RunAbility::Applying, kNextRun, kNextRun, kHas, kApplying, kApplying},
    {RunAbility::Finishing, kNotRunning, kNotRunning, kHas, kFinishing, kFinishing},
    {RunAbility::Requests, kNotRunning, kNotRunning,
     QT_TRANSLATE_NOOP("rw::ui::ShownRun", "The run repeats a recording"), kRequests, kRequests},
    {RunAbility::Seeking, kHas, kHas, kHas, kSeeking, kSeeking},
};

constexpr bool isInOrder() {
    for (std::size_t i = 0; i < std::size(kReasons); ++i) {
        if (kReasons[i].ability != static_cast<RunAbility>(i)) return false;
    }
    return std::size(kReasons) == static_cast<std::size_t>(kLastAbility) + 1;
}
static_assert(isInOrder());

const char* reasonOf(ShownRun::Kind kind, RunAbility ability) {
    const Reasons& reasons = kReasons[static_cast<std::size_t>(ability)];
    switch (kind) {
        case ShownRun::Kind::None:
            return reasons.none;
        case ShownRun::Kind::Ended:
            return reasons.ended;
        case ShownRun::Kind::Own:
            return kHas;
        case ShownRun::Kind::Replay:
            return reasons.replay;
        case ShownRun::Kind::Undeployed:
            return reasons.undeployed;
        case ShownRun::Kind::Elsewhere:
            break;
    }
    return reasons.elsewhere;
}

}  // namespace

bool ShownRun::has(RunAbility ability) const {
    return reasonOf(m_kind, ability) == kHas;
}

QString ShownRun::lacks(RunAbility ability) const {
    const char* const reason = reasonOf(m_kind, ability);
    if (reason == kHas) return {};
    // Some engines say why.
    const bool told = ability == RunAbility::AllFigures || ability == RunAbility::Watermarks;
    if (told && m_remote != nullptr) {
        if (QString why = m_remote->whyUntold(); !why.isEmpty()) return why;
    }
    return tr(reason);
}

}  // namespace rw::ui
