// The families of scalar functions; each adds its entries to the registry.
#pragma once
#include <vector>

#include "core/sql/eval/scalar_function.h"

namespace rw::sql {

void addArithmetic(std::vector<ScalarFunction>& functions);          ///< + - * / % and signs
void addComparisons(std::vector<ScalarFunction>& functions);         ///< = < IS NULL BETWEEN LIKE AND OR …
void addLiteralSet(std::vector<ScalarFunction>& functions);          ///< IN
void addLike(std::vector<ScalarFunction>& functions);                ///< LIKE
void addMathFunctions(std::vector<ScalarFunction>& functions);       ///< ABS, ROUND, SIN …
void addConditionFunctions(std::vector<ScalarFunction>& functions);  ///< COALESCE, IF, GREATEST …
void addTextFunctions(std::vector<ScalarFunction>& functions);       ///< UPPER, SUBSTRING …
void addPartFunctions(
    std::vector<ScalarFunction>& functions);  ///< SUBSTRING, LPAD …; through addTextFunctions
void addPatternFunctions(std::vector<ScalarFunction>& functions);    ///< REGEXP_EXTRACT, JSON_VALUE; likewise
void addBytesFunctions(std::vector<ScalarFunction>& functions);      ///< ENCODE, TO_BASE64 …
void addHashFunctions(std::vector<ScalarFunction>& functions);       ///< MD5, SHA256
void addTimeFunctions(std::vector<ScalarFunction>& functions);       ///< YEAR, TIMESTAMPADD …
void addTimeTextFunctions(std::vector<ScalarFunction>& functions);   ///< DATE_FORMAT, TO_TIMESTAMP …
void addGeneratorFunctions(std::vector<ScalarFunction>& functions);  ///< RANDOM, NOISE, PICK, ZIPF

}  // namespace rw::sql
