// learn_against_river FOLDER [CASES]: compares our models with what tests/learn/river_oracle.py wrote into
// FOLDER, row by row. Prints the greatest relative difference of each; fails where one is above the limit of
// its model, or where there are not CASES cases.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/learn/oracle_twins.h"

using namespace rw::test;

namespace {

/// Whether the case's model is within its limit.
bool compared(const OracleCase& oracle, const OracleRows& rows) {
    const std::optional<OracleTwin> twin = twinOf(oracle);
    if (!twin) {
        std::printf("%-22s no model of ours is called “%s”\n", oracle.name.c_str(), oracle.model.c_str());
        return false;
    }
    const Difference found = differenceOf(*twin, oracle, rows);
    const bool within = found.greatest <= twin->limit;
    std::printf("%-22s %8zu rows  greatest difference %8.1e (row %zu)  limit %7.0e  equal %zu of %zu%s\n",
                oracle.name.c_str(), oracle.outputs.size(), found.greatest, found.row, twin->limit,
                found.equal, found.numbers, within ? "" : "  ABOVE THE LIMIT");
    return within;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const std::filesystem::path folder = argv[1];
    const std::optional<OracleRows> rows = readOracleRows(folder / "rows.txt");
    if (!rows) return 1;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".case") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    bool good = argc < 3 || files.size() == std::strtoul(argv[2], nullptr, 10);
    if (!good) std::printf("%zu cases, not %s\n", files.size(), argv[2]);
    for (const std::filesystem::path& file : files) {
        const std::optional<OracleCase> oracle = readOracleCase(file);
        if (!oracle || !compared(*oracle, *rows)) good = false;
    }
    return good ? 0 : 1;
}
