// The file of a model while a run goes on: whether it was changed, and what it is now.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "core/base/time.h"
#include "core/score/model_file.h"

namespace rw::score {

/// What became of a file that was changed.
struct ModelNews {
    ModelBytes file{};
    ModelRef model{};  ///< null: it can't be used
    Status failed{};   ///< why not
};

/// Single-threaded.
class ModelWatch {
 public:
    static constexpr Millis kEvery = 500;

    /// `known` is the file of the model in use; its bytes are not needed.
    ModelWatch(std::shared_ptr<const Files> files, std::shared_ptr<Clock> clock, const ModelBytes& known,
               ModelOptions options);

    /// Looks at the file, every half second at most. A file counts once it was the same in two looks, so that
    /// one that is being written is left alone; then it is read, here and now, as nodes read it when they are
    /// made. Each state of the file is told of once.
    std::optional<ModelNews> look();

 private:
    using Seen = std::optional<FileState>;  ///< nothing: there is no file that can be looked at
    Seen seen(Status& why) const;
    std::optional<ModelNews> judge(const Seen& now, const Status& why);

    const std::shared_ptr<const Files> m_files;
    const std::shared_ptr<Clock> m_clock;
    const std::string m_path;
    const ModelOptions m_options;
    std::string m_sha256;       ///< of the last model that was told of
    Seen m_judged;              ///< the state that was judged last
    Seen m_before;              ///< at the last look
    std::int64_t m_lookAt = 0;  ///< steady milliseconds
};

}  // namespace rw::score
