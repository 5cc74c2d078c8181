// Our models, made as those of River were for a case.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/learn/models/model.h"
#include "tests/learn/case_file.h"

namespace rw::test {

struct OracleTwin {
    learn::ModelFactoryRef factory{};
    std::vector<std::string> features{};   ///< columns of the rows
    std::string target{};                  ///< a column; empty: none
    std::vector<std::size_t> compared{0};  ///< outputs of the model, in the order of the case's
    bool scaled = false;                   ///< features are scaled by their mean and deviation so far
    double limit = 0;                      ///< of the relative difference; 0: equal to the last bit
};

/// Nothing where no model of ours has the case's name.
std::optional<OracleTwin> twinOf(const OracleCase& oracle);

/// Ours beside River's: the greatest relative difference, |ours − River's| / (1 + |River's|).
struct Difference {
    double greatest = 0;    ///< infinite where one of them says something and the other nothing
    std::size_t row = 0;    ///< the first that has it
    std::size_t equal = 0;  ///< numbers that are equal to the last bit
    std::size_t numbers = 0;
};
Difference differenceOf(const OracleTwin& twin, const OracleCase& oracle, const OracleRows& rows);

}  // namespace rw::test
