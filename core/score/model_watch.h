// The file of a model while a run goes on: a thread of its own looks at it, and reads it when it was changed.
#pragma once
#include <memory>
#include <optional>

#include "core/base/time.h"
#include "core/score/model_file.h"

namespace rw::score {

/// What became of a file that was changed.
struct ModelNews {
    ModelBytes file{};
    ModelRef model{};  ///< null: it can't be used
    Status failed{};   ///< why not
};

class ModelWatch {
 public:
    static constexpr Millis kEvery = 500;

    /// `known` is the file of the model in use; its bytes are not needed. `every`: between two looks. A file
    /// counts once it was the same in two of them, so that one that is being written is left alone.
    ModelWatch(std::shared_ptr<const Files> files, const ModelBytes& known, ModelOptions options,
               Millis every = kEvery);
    /// Does not wait for the thread, which a disk may keep.
    ~ModelWatch();
    ModelWatch(const ModelWatch&) = delete;
    ModelWatch& operator=(const ModelWatch&) = delete;

    /// The newest, once; each state of the file is told of once. Never waits; any thread.
    std::optional<ModelNews> take();

 private:
    class Thread;
    const std::shared_ptr<Thread> m_thread;
};

}  // namespace rw::score
