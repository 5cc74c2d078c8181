// Every model that there is, with options under which a few hundred rows reach all that it does.
#pragma once
#include "tests/unit/learn/model_rows.h"

namespace rw::test {

struct TriedModel {
    std::string name{};
    learn::ModelFactoryRef factory{};
    TargetKind target = TargetKind::None;
    bool large = false;   ///< its state is: it is written less often
    bool counts = false;  ///< its features are numbers of users and items
};
const std::vector<TriedModel>& triedModels();

}  // namespace rw::test
