#include "tests/learn/case_file.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace rw::test {

namespace {

std::nullopt_t wrong(const std::filesystem::path& file, std::size_t line) {
    std::fprintf(stderr, "%s:%zu: not as tests/learn/river_oracle.py writes it\n", file.c_str(), line);
    return std::nullopt;
}

/// Numbers to the end of the line; “nan” is one. False: something else is among them.
bool readNumbers(std::istringstream& line, std::vector<double>& numbers) {
    std::string word;
    while (line >> word) {
        char* end = nullptr;
        numbers.push_back(std::strtod(word.c_str(), &end));
        if (*end != '\0') return false;
    }
    return true;
}

/// A line of a case before its rows.
bool readHead(std::istringstream& line, const std::string& word, OracleCase& read) {
    std::string name;
    if (word == "model") return static_cast<bool>(line >> read.model);
    if (word == "set") return static_cast<bool>(line >> name >> read.options[name]);
    return word == "start" && line >> name && readNumbers(line, read.starts[name]);
}

}  // namespace

double OracleCase::option(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? 0 : found->second;
}

std::optional<OracleRows> readOracleRows(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string text, name;
    std::getline(stream, text);
    std::istringstream head(text);
    std::vector<std::string> names;
    while (head >> name) names.push_back(name);
    OracleRows rows;
    for (std::size_t number = 2; std::getline(stream, text); ++number) {
        std::istringstream line(text);
        std::vector<double> values;
        if (!readNumbers(line, values) || values.size() != names.size()) return wrong(file, number);
        for (std::size_t i = 0; i < names.size(); ++i) rows[names[i]].push_back(values[i]);
    }
    if (rows.empty()) return wrong(file, 1);
    return rows;
}

std::optional<OracleCase> readOracleCase(const std::filesystem::path& file) {
    std::ifstream stream(file);
    OracleCase read;
    read.name = file.stem().string();
    std::string text, word;
    bool inRows = false;
    for (std::size_t number = 1; std::getline(stream, text); ++number) {
        std::istringstream line(text);
        if (inRows) {
            read.outputs.emplace_back();
            if (!readNumbers(line, read.outputs.back())) return wrong(file, number);
        } else if (line >> word && word == "rows") {
            inRows = true;
        } else if (word != "#" && !readHead(line, word, read)) {
            return wrong(file, number);
        }
    }
    if (read.model.empty() || read.outputs.empty()) return wrong(file, 1);
    return read;
}

}  // namespace rw::test
