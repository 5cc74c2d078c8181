#include "core/score/model_watch.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace rw::score {

/// It may outlive the run, and touches nothing that ends with it.
class ModelWatch::Thread {
 public:
    Thread(std::shared_ptr<const Files> files, const ModelBytes& known, ModelOptions options, Millis every)
        : m_files(std::move(files)),
          m_path(known.path),
          m_options(std::move(options)),
          m_every(every),
          m_sha256(known.sha256),
          m_judged(known.state) {}

    void run() {
        Seen before = m_judged;
        while (rest()) {
            Status why;
            const Seen now = look(why);
            if (now == before && now != m_judged) judge(now, why);
            before = now;
        }
    }

    void end() {
        const std::lock_guard hold(m_mutex);
        m_over = true;
        m_ends.notify_all();
    }

    std::optional<ModelNews> take() {
        const std::lock_guard hold(m_mutex);
        return std::exchange(m_news, std::nullopt);
    }

 private:
    using Seen = std::optional<FileState>;  ///< nothing: there is no file that can be looked at

    /// Until the next look; false: there is none.
    bool rest() {
        std::unique_lock hold(m_mutex);
        return !m_ends.wait_for(hold, std::chrono::milliseconds(m_every), [this] { return m_over; });
    }

    Seen look(Status& why) const {
        const Result<FileState> state = m_files->state(m_path);
        why = state.status();
        return state.ok() ? Seen(*state) : std::nullopt;
    }

    void judge(const Seen& now, const Status& why) {
        ModelNews news;
        if (now) {
            Result<ModelBytes> read = readModel(*m_files, m_path);
            Status changed;
            // Changed while it was read: the next looks see it.
            if (read.ok() && (read->state != *now || look(changed) != now)) return;
            news.failed = read.status();
            if (read.ok()) news.file = *std::move(read);
        } else {
            news.failed = why;
        }
        m_judged = now;
        if (news.failed.ok() && news.file.sha256 == m_sha256) return;
        if (news.failed.ok()) {
            Result<ModelRef> model = loadModel(news.file, m_options);
            news.failed = model.status();
            if (model.ok()) {
                news.model = *std::move(model);
                m_sha256 = news.file.sha256;
            }
        }
        const std::lock_guard hold(m_mutex);
        m_news = std::move(news);
    }

    const std::shared_ptr<const Files> m_files;
    const std::string m_path;
    const ModelOptions m_options;
    const Millis m_every;
    // Of the thread alone:
    std::string m_sha256;  ///< of the last model that was told of
    Seen m_judged;         ///< the state that was judged last

    std::mutex m_mutex;  ///< never held for long; guards the members below
    std::condition_variable m_ends;
    std::optional<ModelNews> m_news{};
    bool m_over = false;
};

ModelWatch::ModelWatch(std::shared_ptr<const Files> files, const ModelBytes& known, ModelOptions options,
                       Millis every)
    : m_thread(std::make_shared<Thread>(std::move(files), known, std::move(options), every)) {
    std::thread([thread = m_thread] { thread->run(); }).detach();
}

ModelWatch::~ModelWatch() {
    m_thread->end();
}

std::optional<ModelNews> ModelWatch::take() {
    return m_thread->take();
}

}  // namespace rw::score
