// Publishing a bundle: what would be replaced, and the import itself, step by step.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/superset/superset_bundle.h"

namespace rw {

/// What is there already.
struct SupersetFindings {
    std::vector<SupersetObject> replaced{}, added{};
    /// Connections whose passwords Superset needs, for it does not know their databases yet: they go there.
    std::vector<std::string> passwords{};
};

struct PublishRequest {
    std::shared_ptr<const Connections> connections{};
    std::string connection{};                      ///< the Superset
    const std::atomic<bool>* cancelled = nullptr;  ///< null: never
    /// Called before each step, on the thread that publishes; null: nobody is told.
    std::function<void(const Text& step)> tell{};
    /// Called before the import, on that thread, with what is going to be replaced; null: nobody is told.
    std::function<void(const SupersetFindings& found)> found{};
    /// What may be replaced, by UUIDs, as a person was shown it; nothing: all that the bundle has.
    std::optional<std::vector<std::string>> agreed{};
};

struct Published {
    SupersetFindings before{};
    std::string link{};            ///< of the dashboard
    std::vector<Text> warnings{};  ///< charts whose data Superset can't read now
};

/// Signs in and looks; changes nothing there. Waits: never on a thread that draws.
Result<SupersetFindings> lookAtSuperset(const SupersetBundle& bundle, const PublishRequest& request);

/// The same, then imports the bundle and sees whether all of it is there and can be read. An error of kind
/// Cancelled may come when Superset has the bundle already. Refused, and nothing is changed: more would be
/// replaced than was agreed to.
Result<Published> publishToSuperset(const SupersetBundle& bundle, const PublishRequest& request);

}  // namespace rw
