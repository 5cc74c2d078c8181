#include "core/score/run_model.h"

#include <iterator>
#include <utility>

namespace rw::score {

namespace {

constexpr std::size_t kMostSince = 3;  // models behind barriers

/// As people compare them.
std::string shortSum(std::string_view sha256) {
    return std::string(sha256.substr(0, 12));
}

}  // namespace

RunModel::RunModel(const ScorePlan& plan, const MakeContext& context, std::shared_ptr<const Files> files)
    : m_plan(plan),
      m_node(context.node),
      m_atBarriers(!context.checkpoints.empty()),
      m_clock(context.clock),
      m_replay(context.replay),
      m_recorder(context.recorder),
      m_files(std::move(files)) {}

Status RunModel::load() {
    const std::lock_guard hold(m_mutex);
    if (m_newest) return {};
    if (m_replay) {
        RW_TRY_ASSIGN(m_taped, TapedModels::open(*m_replay, m_node, m_plan));
    }
    if (m_taped) {
        m_by = m_taped->by();
        RW_TRY_ASSIGN(m_newest, m_taped->at(kNoMoment));
        return {};
    }
    RW_TRY_ASSIGN(ModelBytes file, readModel(*m_files, m_plan.path));
    RW_TRY_ASSIGN(ModelRef model, loadModel(file, m_plan.options));
    RW_TRY_ASSIGN(m_newest, fit(std::move(model), file.sha256, m_plan));
    m_since.emplace(0, m_newest);
    if (m_plan.reload) m_watch = std::make_unique<ModelWatch>(m_files, m_clock, file, m_plan.options);
    if (m_recorder == nullptr) return {};
    m_by = m_plan.reload ? m_plan.by : LookupBy::Nothing;
    m_recorded = std::make_unique<RecordedModels>(*m_recorder, tapedModelOf(m_node, m_by));
    m_unrecorded = std::move(file.bytes);
    return {};
}

FittedRef RunModel::newest() const {
    const std::lock_guard hold(m_mutex);
    return m_newest;
}

FittedRef RunModel::beforeRows() {
    const std::lock_guard hold(m_mutex);
    recordFirst();
    lookForNews();
    if (m_atBarriers) return nullptr;
    takeOver(std::nullopt);
    return m_newest;
}

FittedRef RunModel::atBarrier(std::uint64_t checkpoint) {
    const std::lock_guard hold(m_mutex);
    if (!m_atBarriers || m_taped) return m_newest;
    if (checkpoint > m_barrier) {
        m_barrier = checkpoint;
        lookForNews();
        if (takeOver(checkpoint)) m_since.emplace(checkpoint, m_newest);
        while (m_since.size() > kMostSince) m_since.erase(m_since.begin());
    }
    const auto behind = m_since.upper_bound(checkpoint);
    return (behind == m_since.begin() ? behind : std::prev(behind))->second;
}

Result<FittedRef> RunModel::at(Instant moment) {
    const std::lock_guard hold(m_mutex);
    return m_taped ? m_taped->at(moment) : m_recorded->at(moment);
}

std::vector<Text> RunModel::takeNotes() {
    const std::lock_guard hold(m_mutex);
    return std::exchange(m_notes, {});
}

void RunModel::recordFirst() {
    if (m_unrecorded.empty()) return;
    m_recorded->add(m_newest, std::exchange(m_unrecorded, {}), m_clock->now());
}

void RunModel::lookForNews() {
    if (!m_watch) return;
    std::optional<ModelNews> news = m_watch->look();
    if (!news) return;
    Status failed = news->failed;
    if (failed.ok()) {
        Result<FittedRef> fitted = fit(std::move(news->model), news->file.sha256, m_plan);
        failed = fitted.status();
        if (failed.ok())
            m_next = {*std::move(fitted), m_recorded ? std::move(news->file.bytes) : std::string()};
    }
    if (!failed.ok()) {
        m_notes.push_back(RW_TEXT("score",
                                  "“%1” can't be used as it is now: %2 Rows are still scored with the "
                                  "model of before.")
                              .with(fileName(), failed.error().message));
    }
}

bool RunModel::takeOver(std::optional<std::uint64_t> checkpoint) {
    Next next = std::exchange(m_next, {});
    if (!next.model || next.model->sha256 == m_newest->sha256) return false;
    recordFirst();
    const std::string was = shortSum(m_newest->sha256), is = shortSum(next.model->sha256);
    m_newest = std::move(next.model);
    if (m_recorded) m_recorded->add(m_newest, next.bytes, m_clock->now());
    m_notes.push_back(
        checkpoint ? RW_TEXT("score",
                             "“%1” changed: the rows after checkpoint %2 are scored with the new model "
                             "(SHA-256 %3…, before %4…).")
                         .with(fileName(), *checkpoint, is, was)
                   : RW_TEXT("score",
                             "“%1” changed: from now on rows are scored with the new model (SHA-256 %2…, "
                             "before %3…).")
                         .with(fileName(), is, was));
    return true;
}

std::string RunModel::fileName() const {
    return m_plan.path.substr(m_plan.path.rfind('/') + 1);
}

}  // namespace rw::score
