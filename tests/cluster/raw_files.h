// Small pipelines over files as people have them.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace rw::cluster {

struct RawCase {
    std::string name{};
    std::map<std::string, std::string> files{};
    std::string pipeline{};
};

/// Not one of rawCases(): two files, each with a row that is late by its own file, which Flink counts while
/// it knows no watermark of the other one.
RawCase lateByTheirOwnFile();

/// Not one of rawCases(): cells of every type that need no care, with a line of names and without.
RawCase plainCells();

/// Sinks whose ids begin with “rejected” take rejected rows.
std::vector<RawCase> rawCases();

}  // namespace rw::cluster
