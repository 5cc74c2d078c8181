// The models that have options of a type of their own, from options by name (known_models.h): the names are
// those of the members.
#pragma once
#include "core/learn/models/known_models.h"

namespace rw::learn {

ModelFactoryRef holtWintersOf(std::size_t features, const ModelOptions& options);
/// The same, with `band`: residualOf() it.
ModelFactoryRef holtWintersResidualOf(std::size_t features, const ModelOptions& options);
ModelFactoryRef linearTrendOf(std::size_t features, const ModelOptions& options);
ModelFactoryRef lastValueOf(std::size_t features, const ModelOptions& options);
ModelFactoryRef halfSpaceTreesOf(std::size_t features, const ModelOptions& options);
ModelFactoryRef sequentialKMeansOf(std::size_t features, const ModelOptions& options);
ModelFactoryRef adwinOf(std::size_t features, const ModelOptions& options);
ModelFactoryRef pageHinkleyOf(std::size_t features, const ModelOptions& options);
ModelFactoryRef biasedFactorsOf(std::size_t features, const ModelOptions& options);

}  // namespace rw::learn
