// The size of the texts that an expression makes, as far as the expression tells it: so that its evaluator can
// take few enough rows at a time.
#pragma once
#include "core/sql/bound.h"

namespace rw {

struct TextBytes {
    double perRow = 0;     ///< of all texts that computing one row makes, those in between too; at most about
    bool unknown = false;  ///< REPEAT, LPAD or RPAD to a length that is computed: counted with kUnknown
    static constexpr double kUnknown = 1 << 20;
};

TextBytes textBytes(const sql::BoundExpr& expr);

}  // namespace rw
