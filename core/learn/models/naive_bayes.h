// Gaussian naive Bayes: in each class every feature is normally distributed, and independent of the others.
//
// T. F. Chan, G. H. Golub, R. J. LeVeque, “Updating formulae and a pairwise algorithm for computing sample
// variances” (1979), one row at a time; River's GaussianNB.
#pragma once
#include "core/learn/models/known_models.h"

namespace rw::learn {

/// Option: `classes`, how many there may be (2). Outputs: their probabilities, unknown for classes that have
/// not begun.
ModelFactoryRef naiveBayes(std::size_t features, const ModelOptions& options);

}  // namespace rw::learn
