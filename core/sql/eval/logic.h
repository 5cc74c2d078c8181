// Three-valued AND and OR of two conditions.
#pragma once
#include "core/sql/eval/evaluate.h"

namespace rw::sql {

/// `first` AND (or OR) `second`. A row that `first` decides does not see an error of `second`; an error of
/// `first` stays.
template <bool conjunction>
Vector connectConditions(const Vector& first, const Vector& second, std::size_t rows);

}  // namespace rw::sql
