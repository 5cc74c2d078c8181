// What other programs reach at the same work, measured in the same run: a bench runs a script in Python
// beside itself, which prints their figures.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rw::bench {

/// By their names: rows per second of a processor, and what else the script measures.
using PeerFigures = std::map<std::string, double>;

/// Those of a script of this folder, which prints “NAME NUMBER” lines, run by the Python that the environment
/// variable names. Without the variable, or where the script fails, there are none, and it is printed that
/// `peer` is not measured, and why.
PeerFigures peerFigures(const char* variable, const std::string& peer, const std::vector<std::string>& words);

/// That figure, or 0.
double figureOf(const PeerFigures& figures, const std::string& name);

/// Seconds of processors that this process has taken, and those of its children that it waited for.
double cpuSeconds();

/// Rates in millions, ours beside those of others: printed line by line, and kept as rows of a table of the
/// help.
class BesideTable {
 public:
    /// `what` stands above the names. Prints the head.
    BesideTable(const std::string& what, std::vector<std::string> peers);
    /// Rows per second; 0: not measured.
    void add(const std::string& name, double ours, const std::vector<double>& theirs);
    /// “| name | ours | theirs | times |”, a row for each line.
    const std::vector<std::string>& rows() const { return m_rows; }

 private:
    std::vector<std::string> m_peers, m_rows{};
};

}  // namespace rw::bench
