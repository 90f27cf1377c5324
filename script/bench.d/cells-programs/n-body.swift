// Planets drawn by each other's mass, step by step: numbers in structures, square roots.
struct Body {
    var x, y, z, vx, vy, vz: Double
    let mass: Double
}
// ----
func advance(_ bodies: inout [Body], by dt: Double) {
    for i in bodies.indices {
        for j in (i + 1)..<bodies.count {
            let dx = bodies[i].x - bodies[j].x
            let dy = bodies[i].y - bodies[j].y
            let dz = bodies[i].z - bodies[j].z
            let square = dx * dx + dy * dy + dz * dz
            let pull = dt / (square * square.squareRoot())
            let (toI, toJ) = (bodies[j].mass * pull, bodies[i].mass * pull)
            bodies[i].vx -= dx * toI
            bodies[i].vy -= dy * toI
            bodies[i].vz -= dz * toI
            bodies[j].vx += dx * toJ
            bodies[j].vy += dy * toJ
            bodies[j].vz += dz * toJ
        }
    }
    for i in bodies.indices {
        bodies[i].x += dt * bodies[i].vx
        bodies[i].y += dt * bodies[i].vy
        bodies[i].z += dt * bodies[i].vz
    }
}
// ----
func energy(_ bodies: [Body]) -> Double {
    var sum = 0.0
    for (i, body) in bodies.enumerated() {
        sum += body.mass * (body.vx * body.vx + body.vy * body.vy + body.vz * body.vz) / 2
        for other in bodies[(i + 1)...] {
            let (dx, dy, dz) = (body.x - other.x, body.y - other.y, body.z - other.z)
            sum -= body.mass * other.mass / (dx * dx + dy * dy + dz * dz).squareRoot()
        }
    }
    return sum
}
// ----
var bodies = [Body(x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0, mass: 40)]
for k in 1...4 {
    let far = Double(k) * 3
    bodies.append(Body(x: far, y: 0, z: far / 10, vx: 0, vy: (40 / far).squareRoot(), vz: 0, mass: 0.01 * far))
}
// ----
let start = ContinuousClock.now
for _ in 0..<10_000_000 { advance(&bodies, by: 0.001) }
print(energy(bodies), bodies[4].x)
print("seconds", (ContinuousClock.now - start) / .seconds(1))
