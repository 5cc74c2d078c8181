#include "core/stream/joins/pair_evaluator.h"

#include <utility>

namespace rw {

PairEvaluator::PairEvaluator(sql::BoundRef condition, const MakeContext& context)
    : m_condition(std::move(condition)), m_eval(context.eval), m_nullOnError(context.nullOnError) {}

void PairEvaluator::evaluate(const Batch& pairs) {
    sql::RowErrors errors;
    sql::filterRows(*m_condition, pairs, m_eval, m_holds, errors);
    m_failures = {};
    if (!m_nullOnError) m_failures.add(errors);
}

}  // namespace rw
