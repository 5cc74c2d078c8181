#include "core/sql/functions/functions.h"

#include <unordered_map>

#include "core/sql/functions/families.h"
#include "core/sql/parse/keywords.h"

namespace rw::sql {

const std::vector<ScalarFunction>& scalarFunctions() {
    static const std::vector<ScalarFunction> kFunctions = [] {
        std::vector<ScalarFunction> functions;
        addArithmetic(functions);
        addComparisons(functions);
        addLiteralSet(functions);
        addLike(functions);
        addConditionFunctions(functions);
        addMathFunctions(functions);
        addTextFunctions(functions);
        addBytesFunctions(functions);
        addHashFunctions(functions);
        addTimeFunctions(functions);
        addTimeTextFunctions(functions);
        addGeneratorFunctions(functions);
        return functions;
    }();
    return kFunctions;
}

const ScalarFunction* findFunction(std::string_view name) {
    static const std::unordered_map<std::string_view, const ScalarFunction*> kByName = [] {
        std::unordered_map<std::string_view, const ScalarFunction*> byName;
        for (const ScalarFunction& function : scalarFunctions()) byName.emplace(function.name, &function);
        return byName;
    }();
    const auto found = kByName.find(upperCase(name));
    return found == kByName.end() ? nullptr : found->second;
}

}  // namespace rw::sql
