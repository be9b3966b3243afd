#pragma once
#include "projections/projection.hpp"

namespace suara::projections::bulletin_board {

// The fold with its rows in the database.
std::unique_ptr<Projection> make_projection();

}  // namespace suara::projections::bulletin_board
