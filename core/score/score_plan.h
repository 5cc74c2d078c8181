// What a bound node “score” knows of its model before the file is read.
#pragma once
#include <string>
#include <vector>

#include "core/data/schema.h"
#include "core/score/model_file.h"
#include "core/score/model_fit.h"
#include "core/sql/eval/evaluate.h"
#include "core/stream/lookups/lookup_moments.h"

namespace rw::score {

struct ScorePlan {
    std::string path{};  ///< absolute
    ModelOptions options{};
    bool reload = false;                    ///< a file that changes is taken over
    LookupBy by = LookupBy::Nothing;        ///< which model a row gets where that is recorded
    std::vector<sql::BoundRef> features{};  ///< of type DOUBLE
    std::vector<std::string> names{};       ///< theirs
    Schema columns{};                       ///< outputs of the model
    SchemaRef schema{};                     ///< of the rows that leave
    Impute impute = Impute::None;
    bool explain = false;
};

}  // namespace rw::score
