#include "core/score/model_watch.h"

#include <utility>

namespace rw::score {

ModelWatch::ModelWatch(std::shared_ptr<const Files> files, std::shared_ptr<Clock> clock,
                       const ModelBytes& known, ModelOptions options)
    : m_files(std::move(files)),
      m_clock(std::move(clock)),
      m_path(known.path),
      m_options(std::move(options)),
      m_sha256(known.sha256),
      m_judged(known.state),
      m_before(known.state),
      m_lookAt(m_clock->steadyMillis() + kEvery) {}

std::optional<ModelNews> ModelWatch::look() {
    const std::int64_t moment = m_clock->steadyMillis();
    if (moment < m_lookAt) return std::nullopt;
    m_lookAt = moment + kEvery;
    Status why;
    const Seen now = seen(why);
    const Seen before = std::exchange(m_before, now);
    return now == before && now != m_judged ? judge(now, why) : std::nullopt;
}

ModelWatch::Seen ModelWatch::seen(Status& why) const {
    const Result<FileState> state = m_files->state(m_path);
    why = state.status();
    return state.ok() ? Seen(*state) : std::nullopt;
}

std::optional<ModelNews> ModelWatch::judge(const Seen& now, const Status& why) {
    ModelNews news;
    if (now) {
        Result<ModelBytes> read = readModel(*m_files, m_path);
        Status changed;
        // Changed while it was read: the next looks see it.
        if (read.ok() && (read->state != *now || seen(changed) != now)) return std::nullopt;
        news.failed = read.status();
        if (read.ok()) news.file = *std::move(read);
    } else {
        news.failed = why;
    }
    m_judged = now;
    if (!news.failed.ok()) return news;
    if (news.file.sha256 == m_sha256) return std::nullopt;
    Result<ModelRef> model = loadModel(news.file, m_options);
    news.failed = model.status();
    if (model.ok()) {
        news.model = *std::move(model);
        m_sha256 = news.file.sha256;
    }
    return news;
}

}  // namespace rw::score
