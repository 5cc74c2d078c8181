// Files of river_oracle.py: the rows that models see, and what River says of them.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rw::test {

/// rows.txt: columns of numbers by their names, all of one length.
using OracleRows = std::map<std::string, std::vector<double>>;

/// NAME.case: the options of a model, what River drew at random for it, and its numbers for each row.
struct OracleCase {
    std::string name{};   ///< of the file
    std::string model{};  ///< which model of ours it is compared with
    std::map<std::string, double> options{};
    std::map<std::string, std::vector<double>> starts{};  ///< by the name of the model's field
    std::vector<std::vector<double>> outputs{};           ///< NaN: River says nothing yet

    /// 0 where the case does not set it.
    double option(const std::string& option) const;
};

/// Nothing, and a line on standard error, where the file is not as river_oracle.py writes it.
std::optional<OracleRows> readOracleRows(const std::filesystem::path& file);
std::optional<OracleCase> readOracleCase(const std::filesystem::path& file);

}  // namespace rw::test
