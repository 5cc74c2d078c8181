// The settings of a pipeline: their errors, and the values of those that are texts.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"

namespace rw {

void checkSettings(const Settings& settings, std::vector<Issue>& issues);

/// The IANA names that this computer knows, sorted; none where it has no time zone database.
std::vector<std::string> timeZoneNames();

/// In bytes; 0: there is none, or it is no size.
std::uint64_t memoryLimitOf(const Settings& settings);

/// In bytes, how much of the state that can be in files stays in memory; 0: it is not said, or is no size.
std::uint64_t stateMemoryOf(const Settings& settings);
/// Of a run whose pipeline does not say it: a quarter of usableMemory(), or half of the memory limit where
/// that is less; 0, all of it, where nothing is known. `memoryLimit`: in bytes; 0: there is none. `place`:
/// its number among the runs that share the memory of the machine, from 1 on: it has that part of the
/// quarter.
std::uint64_t usualStateMemory(std::uint64_t memoryLimit = 0, int place = 1);

inline constexpr Millis kCheckpointEvery = 10'000;
/// From one checkpoint to the next; 0: none are taken. kCheckpointEvery where it is not said, or is no
/// duration.
Millis checkpointEveryOf(const Settings& settings);

inline constexpr int kCheckpointsKept = 3, kMostCheckpointsKept = 100;
/// How many checkpoints without a name are kept, the newest: the setting `checkpoints_kept`, from 1 to
/// kMostCheckpointsKept. kCheckpointsKept where it is not said, or is no such number.
int checkpointsKeptOf(const Settings& settings);

/// Whether a run in the window may keep the newest of its input by itself: the setting `keep_input`. It may
/// where it is not said.
bool keepsInput(const Settings& settings);

}  // namespace rw
